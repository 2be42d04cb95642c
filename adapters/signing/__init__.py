"""Signatures, stamps, time-stamps and what proves that certificates were valid."""
