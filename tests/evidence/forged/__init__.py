"""Forgeries by insiders, by what they lie about. Importing this fills the table."""

from tests.evidence.forged import (
    archived,
    by_hand,
    faces,
    house,
    identifications,
    in_their_role,
    minutes,
    people,
    places,
    recorded,
    seats,
    session,
    tail,
    times,
)
from tests.evidence.forged.forgery import FORGERIES, Forgery

__all__ = [
    "FORGERIES",
    "Forgery",
    "archived",
    "by_hand",
    "faces",
    "house",
    "identifications",
    "in_their_role",
    "minutes",
    "people",
    "places",
    "recorded",
    "seats",
    "session",
    "tail",
    "times",
]
