"""The inspection pack 迎检: what an authority asked to see, and nothing beyond it."""
