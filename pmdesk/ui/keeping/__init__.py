"""What goes by the calendar, what is archived, and which lists left the office."""
