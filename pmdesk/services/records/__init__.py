"""Versioned records that a second person decides on; the impact assessment first of all."""
