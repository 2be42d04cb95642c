"""The JSON interface, one module a noun; handlers of at most ten lines."""
