"""The commands that the interface offers: who may ask for each, and how it is read."""
