"""A backup becomes an office again, before anybody has signed in."""
