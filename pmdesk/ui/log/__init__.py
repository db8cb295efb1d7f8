"""The parts of the log page."""
