"""How many orders come: forecast, its test against last week, and the staff it suggests."""
