"""Self-audits with their evidence, and the points of what is missing or due."""
