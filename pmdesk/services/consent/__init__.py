"""Consent: asked, proved, renewed and withdrawn; why a group is locked."""
