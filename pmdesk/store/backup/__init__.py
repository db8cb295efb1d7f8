"""Backups of an office: one file each, proved by restoring them."""
