"""Service plans: what a tier adds to the contract, in words, for everybody and for a person."""
