"""The service plans: the contract as the floor, and what tiers add to it."""
