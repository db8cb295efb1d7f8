"""The rights desk: requests from the first word to the answer, and what is handed out."""
