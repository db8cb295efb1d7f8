"""Import and export of spreadsheets, without a database."""
