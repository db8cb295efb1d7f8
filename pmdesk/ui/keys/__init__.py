"""Changing the keys of the office, and help when its files are damaged."""
