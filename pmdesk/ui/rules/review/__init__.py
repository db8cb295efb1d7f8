"""The legality review on the rules page."""
