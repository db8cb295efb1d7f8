"""Paper: receipts and lists as PDF files with searchable Chinese text."""
