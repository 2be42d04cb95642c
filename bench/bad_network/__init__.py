"""A regional system whose network loses, doubles and delays, and whose receiver is away a third of the time."""
