"""Gaps of media, of every kind and length around what the types allow, each with what must come of it.

All are of a person who is in the room and identified, in a type whose `lapse_after` is thirty seconds. Instants are
seconds since the beginning: `told` when the engine hears of it, `at` by the clock of the media (the same, unless said).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.ids import ParticipantId, ProcedureId, RoomId
from domain.ports.media import MOVED, RoomFact
from domain.types.vocabulary import InterruptionCause

LAPSE_AFTER = timedelta(seconds=30)
HOUR = 3600.0


class Fact(NamedTuple):
    told: float
    kind: str
    reason: str = "media"
    at: float | None = None
    id: int = 0
    """0: the next one."""
    room: str = ""

    def told_of(self, procedure: ProcedureId, person: ParticipantId, begins: datetime, number: int) -> RoomFact:
        at = begins + timedelta(seconds=self.told if self.at is None else self.at)
        room = {"room": RoomId(self.room)} if self.room else {}
        said = {"procedure": procedure, "participant": person, "kind": self.kind, "at": at, "reason": self.reason}
        return RoomFact(id=self.id or number, **said, **room)  # type: ignore[arg-type]


class Stop(NamedTuple):
    """Whoever holds the act stops it."""

    told: float
    cause: InterruptionCause


@dataclass(frozen=True)
class Gap:
    name: str
    steps: tuple[Fact | Stop, ...]
    lapses: bool


def lost(told: float, reason: str = "signalling", at: float | None = None, id: int = 0) -> Fact:
    return Fact(told, "connection_lost", reason, at, id)


def back(told: float, at: float | None = None, id: int = 0) -> Fact:
    return Fact(told, "restored", "media", at, id)


def left(told: float) -> Fact:
    return Fact(told, "left", "said_so")


def joined(told: float) -> Fact:
    return Fact(told, "joined", "admitted")


GAPS = (
    # Lengths.
    Gap("a second", (lost(0), back(1)), False),
    Gap("just below", (lost(0), back(29)), False),
    Gap("just above", (lost(0), back(31)), True),
    Gap("ten minutes", (lost(0), back(600)), True),
    Gap("for good", (lost(0),), True),
    Gap("at the threshold, as the media saw it", (lost(35, at=0), back(35, at=30)), False),
    Gap("a millisecond above, as the media saw it", (lost(35, at=0), back(35, at=30.001)), True),
    # Several.
    Gap("three of twenty seconds, a second apart", (lost(0), back(20), lost(21), back(41), lost(42), back(62)), False),
    Gap("a short one, then a long one", (lost(0), back(5), lost(10), back(45)), True),
    Gap("a long one, then a short one", (lost(0), back(40), lost(45), back(46)), True),
    # Kinds.
    Gap("sound or picture stopped, noticed late", (lost(4, "silence", at=0), back(31.5)), True),
    Gap("sound or picture stopped for a moment", (lost(10, "silence", at=0), back(12)), False),
    Gap("the page was loaded anew", (left(0), joined(4)), False),
    Gap("the page was loaded anew, slowly", (left(0), joined(33)), True),
    Gap("another window", (lost(0, "replaced"), back(2)), False),
    Gap("another window that opens late", (lost(0, "replaced"), back(32)), True),
    Gap("a new connection", (lost(0, "media"), joined(6)), False),
    Gap("a new connection, late", (lost(0, "media"), joined(36)), True),
    Gap("lost, then left and back", (lost(0), left(10), joined(29)), False),
    Gap("lost, then left and back late", (lost(0), left(10), joined(35)), True),
    Gap("the media process died", (lost(2, "process", at=0), joined(20)), False),
    Gap("the media process died for long", (lost(2, "process", at=0), joined(34)), True),
    # Clocks and order.
    Gap("told late, short", (lost(90, at=0), back(90, at=8)), False),
    Gap("told late, long", (lost(90, at=0), back(90, at=50)), True),
    Gap("told half an hour late, each for itself", (lost(1800, at=0), back(1805, at=40)), True),
    Gap("clock an hour ahead, short", (lost(0, at=HOUR), back(20, at=HOUR + 20)), False),
    Gap("clock an hour ahead, long", (lost(0, at=HOUR), back(40, at=HOUR + 40)), True),
    Gap("clock an hour behind, short", (lost(0, at=-HOUR), back(20, at=20 - HOUR)), False),
    Gap("clock an hour behind, long", (lost(0, at=-HOUR), back(40, at=40 - HOUR)), True),
    Gap("each told twice", (lost(0, id=1), lost(3, at=0, id=1), back(9, id=2), back(12, at=9, id=2)), False),
    Gap("each told twice, long", (lost(0, id=1), lost(20, at=0, id=1), back(40, id=2), back(41, id=2)), True),
    Gap("the loss told again after the return", (lost(0, id=1), back(5, id=2), lost(7, at=0, id=1)), False),
    Gap("the return told before the loss: nobody vouches for them", (back(5, id=2), lost(6, at=0, id=1)), True),
    Gap("after a restart with the clock behind, long", (back(1, id=90), lost(2, at=-HOUR, id=9)), True),
    Gap(
        "the loss of a process that died has the number of the coming",
        (joined(0), lost(1, "process", at=1, id=1)),
        True,
    ),
    # Where else they are.
    Gap("sent to another room", (lost(0, MOVED), back(50)), False),
    Gap("lost from a room that they are not in", (Fact(0, "connection_lost", "media", room="prc_other"),), False),
    Gap("another window of theirs waits, and goes", (Fact(0, "joined", "waiting"), Fact(60, "left", "waiting")), False),
    Gap("short, in a recess", (Stop(0, InterruptionCause.RECESS), lost(5), back(25), back(90)), False),
    Gap("long, in a recess", (Stop(0, InterruptionCause.RECESS), lost(5), back(45)), True),
    Gap("a power cut of no length", (Stop(0, InterruptionCause.POWER_CUT),), True),
)
