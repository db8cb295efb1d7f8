"""The watch: places, measures, the rules in use, and the service that came to whom."""
