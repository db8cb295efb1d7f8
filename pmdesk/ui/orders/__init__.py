"""Work orders on the screen: board, list, week, registering, and one order whole."""
