"""Shifts, rosters and rounds: suggested from what comes, decided by the manager."""
