"""Purposes and notices: plans, the validator's list, versions, change notices, the public rules."""
