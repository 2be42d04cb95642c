"""Guessing one-time PINs by the hundred thousand, against the real database, and what an onlooker's clock tells."""
