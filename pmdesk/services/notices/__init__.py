"""Purposes and notices: proposed, approved, published, and what people are told of changes."""
