"""The parts of the pages about one resident: entry, purpose groups, consent panels."""
