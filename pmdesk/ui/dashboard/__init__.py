"""The parts of the charts page: filters, saved views, and one card for each question."""
