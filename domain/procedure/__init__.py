"""The state of one procedure: what its events add up to, noun by noun."""
