"""The report of a month: the answers of the charts page, what to keep an eye on, and the log."""
