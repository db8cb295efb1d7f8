"""The list of staff, and the small windows in which accounts are changed."""
