"""What this program does not collect, and what becomes of it when it slips in."""
