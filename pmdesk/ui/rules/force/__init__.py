"""Putting a version into force: at once, on a day, or back again."""
