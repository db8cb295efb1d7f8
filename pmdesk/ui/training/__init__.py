"""Training: courses to read, their tests, who is due, and courses of the office."""
