"""Rules in files: taking them out, and looking at what a file holds before it becomes a draft."""
