"""The consent step: notice, choices, signature, receipt."""
