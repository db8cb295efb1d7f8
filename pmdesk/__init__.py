"""pmdesk: the lawful customer classification table of a property office."""

__version__ = "0.1.0"
