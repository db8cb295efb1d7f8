"""Tables over small lists and over very long ones."""
