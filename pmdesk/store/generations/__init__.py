"""Generations of the data file: turned, kept for a while, cleared away, checked."""
