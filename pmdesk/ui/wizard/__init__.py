"""The steps of the first-run wizard."""
