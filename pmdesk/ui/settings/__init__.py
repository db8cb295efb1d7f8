"""Cards of the settings page that have a life of their own."""
