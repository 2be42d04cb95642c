"""Forgeries by insiders, by what they lie about. Importing this fills the table."""

from tests.evidence.forged import archived, by_hand, faces, house, minutes, people, places, seats, tail, times
from tests.evidence.forged.forgery import FORGERIES, Forgery

__all__ = [
    "FORGERIES",
    "Forgery",
    "archived",
    "by_hand",
    "faces",
    "house",
    "minutes",
    "people",
    "places",
    "seats",
    "tail",
    "times",
]
