"""How much a signature carries to be validated later, in the words of the standard (ETSI EN 319 142-1 clause 6)."""

from enum import StrEnum


class SignatureLevel(StrEnum):
    """Levels of PAdES signatures: each adds to the one before."""

    B_T = "B-T"
    """With a trusted time."""
    B_LT = "B-LT"
    """And what is needed to validate it later."""
    B_LTA = "B-LTA"
    """And a time-stamp over the whole document with all of that, renewed before it weakens."""
