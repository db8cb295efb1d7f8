"""Forms from fields of the catalogue."""
