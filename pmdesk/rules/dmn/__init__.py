"""DMN files: read, evaluated, and written for other tools."""
