"""Examples of a rule set: made-up people and the tier they should get."""
