"""The parts of the classification table: its export and the explanation of a tier."""
