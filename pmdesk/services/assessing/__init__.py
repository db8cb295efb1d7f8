"""Filling in an impact assessment: what the program knows, found and can offer."""
