"""Who holds which family: the people of a room, or those who write a request and send it away."""

from domain.types.vocabulary import Family
from rehearsal.abroad import RequestPlay
from rehearsal.acting import Play
from rehearsal.courtroom import Courtroom

OF_FAMILY: dict[Family, type[Play]] = {Family.COOPERATION: RequestPlay}


def play_of(family: Family, room: Courtroom, name: str, *, paper: bytes) -> Play:
    """The play of a procedure of that family, from its beginning to its end."""
    return OF_FAMILY.get(family, Play)(room, name, paper=paper)
