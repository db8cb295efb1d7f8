"""The page of backups, taken apart."""
