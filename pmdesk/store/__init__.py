"""The encrypted office on disk: vault, schema and repositories."""
