"""Work orders in the store."""
