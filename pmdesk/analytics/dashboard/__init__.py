"""The numbers of the charts page, counted from packed orders, and what of them may be shown."""
