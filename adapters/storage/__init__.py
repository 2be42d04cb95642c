"""The object store under Object Lock."""
