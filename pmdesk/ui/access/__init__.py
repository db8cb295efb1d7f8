"""Who may do what, and the reason that is asked before a masked value is shown."""
