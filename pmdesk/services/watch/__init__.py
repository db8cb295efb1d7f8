"""The watch: hot spots and measures, the rules in use, and the service that came to whom."""
