"""A case larger than any that a court holds, and whether it ends."""
