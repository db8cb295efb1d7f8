"""What the office watches, in the store."""
