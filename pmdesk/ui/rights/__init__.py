"""The parts of the rights desk: intake, the case and its papers."""
