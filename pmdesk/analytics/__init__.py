"""Numbers from values, and charts as plain data."""
