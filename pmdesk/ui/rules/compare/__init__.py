"""Two versions beside each other, and who would move."""
