"""Who took part and how, as the journal tells it: arrived, let in, lost, identified, warned, at each of its moments."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from evidence.journal import Event
from evidence.opened import OpenedBundle

__all__ = [
    "ASSURANCES",
    "MOVES",
    "PRIVATE",
    "Confirmation",
    "Participant",
    "Presence",
    "instant",
    "mapping",
    "read_participants",
    "text",
]

ASSURANCES: Final = ("low", "substantial", "high")
"""Regulation (EU) 910/2014, art. 8, lowest first."""

T = TypeVar("T")


class Presence(StrEnum):
    """Where somebody is."""

    EXPECTED = "expected"
    WAITING = "waiting"
    ADMITTED = "admitted"
    CONNECTED = "connected"
    LOST = "lost"
    IN_PRIVATE = "in_private"
    """Lawyer and client talk alone, in another room."""
    LEFT = "left"
    DISMISSED = "dismissed"

    @property
    def in_the_room(self) -> bool:
        return self in (Presence.ADMITTED, Presence.CONNECTED)


PRIVATE: Final = ("private_room_opened", "private_room_closed")

MOVES: Final[Mapping[str, Presence]] = {
    "participant_checked_in": Presence.WAITING,
    "seat_taken_over": Presence.WAITING,
    "participant_admitted": Presence.ADMITTED,
    "participant_dismissed": Presence.DISMISSED,
    "participant_joined": Presence.CONNECTED,
    "connection_lost": Presence.LOST,
    "participant_left": Presence.LEFT,
}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One confirmed identification, or the waiver of it."""

    seq: int
    at: str
    mechanism: str | None
    """`None` when it was waived."""
    assurance: str
    by: str
    """Who confirmed it: an account, or the person whose code it was."""
    reference: str | None
    number: str | None


@dataclass(slots=True)
class Participant:
    """One participant and everything that the journal says happened to them. Lists are in the order of the journal."""

    id: str
    role: str
    names: list[tuple[int, str]]
    """The name they had from an event on, and so on."""
    numbers: list[tuple[int, str]]
    account: str | None
    presences: list[tuple[int, Presence]] = field(default_factory=list)
    confirmations: list[Confirmation] = field(default_factory=list)
    lapses: list[int] = field(default_factory=list)
    warned: list[int] = field(default_factory=list)
    consents: list[tuple[int, tuple[bool, str]]] = field(default_factory=list)
    """To being recorded: whether, and when."""
    devices: list[tuple[int, str]] = field(default_factory=list)
    session: str = ""
    """In which they arrived last: staff say where somebody is, at which computer they sit their own session says."""

    def presence_at(self, seq: int) -> Presence:
        return _latest(self.presences, seq) or Presence.EXPECTED

    def name_at(self, seq: int) -> str | None:
        return _latest(self.names, seq)

    def number_at(self, seq: int) -> str | None:
        return _latest(self.numbers, seq)

    def consented_at(self, seq: int) -> tuple[bool, str] | None:
        return _latest(self.consents, seq)

    def device_at(self, seq: int) -> str | None:
        return _latest(self.devices, seq)

    def identified_at(self, seq: int) -> list[Confirmation]:
        """The confirmations that count at that moment: those since the last lapse."""
        since = max((lapse for lapse in self.lapses if lapse < seq), default=-1)
        return [one for one in self.confirmations if since < one.seq < seq]

    def is_oneself(self, actor: str) -> bool:
        return actor in (self.id, self.account)


def read_participants(bundle: OpenedBundle) -> dict[str, Participant] | None:
    """Everybody of the first event; `None` when its data are withheld or name nobody."""
    first = bundle.events[0] if bundle.events else None
    data = bundle.opened(first) if first else None
    found = {person.id: person for person in _first((data or {}).get("participants"))}
    if not found:
        return None
    for event in bundle.events:
        _follow(found, event, bundle.opened(event))
    return found


def _first(value: Any) -> Iterator[Participant]:
    for entry in value if isinstance(value, list) else ():
        if isinstance(entry, dict) and (name := text(entry, "id")):
            names, number = text(entry, "name"), text(entry, "document_number")
            account = text(entry, "account") or None
            yield Participant(name, text(entry, "role"), [(0, names)], [(0, number)] if number else [], account)


def _follow(people: Mapping[str, Participant], event: Event, data: Mapping[str, Any] | None) -> None:
    if event.type == "session_reopened":
        for person in people.values():
            person.presences.append((event.seq, Presence.EXPECTED))
            person.lapses.append(event.seq)
        return
    if data is None:
        return
    if event.type in PRIVATE:
        for name in ("lawyer", "client"):
            if talker := people.get(text(data, name)):
                _confer(talker, event)
        return
    about = people.get(text(data, "host" if event.type == "room_opened" else "participant"))
    if about is not None:
        _happened(about, event, data)


def _confer(person: Participant, event: Event) -> None:
    """Whoever lost the line meanwhile is still lost when the talk is over."""
    begins = event.type == PRIVATE[0]
    if begins or person.presence_at(event.seq) is Presence.IN_PRIVATE:
        person.presences.append((event.seq, Presence.IN_PRIVATE if begins else Presence.ADMITTED))


def _happened(person: Participant, event: Event, data: Mapping[str, Any]) -> None:
    if event.type == "room_opened":
        person.presences.append((event.seq, Presence.ADMITTED))
    elif event.type in MOVES:
        _arrive(person, event, data)
        back = event.type == "participant_checked_in" and person.presence_at(event.seq) is Presence.LOST
        person.presences.append((event.seq, Presence.LOST if back else MOVES[event.type]))
    else:
        _learn(person, event, data)


def _arrive(person: Participant, event: Event, data: Mapping[str, Any]) -> None:
    session, device = text(data, "session"), text(data, "device")
    if device and (session or not person.session):
        person.devices.append((event.seq, device))
    person.session = session or person.session


def _learn(person: Participant, event: Event, data: Mapping[str, Any]) -> None:
    if event.type in ("identity_confirmed", "identity_waived"):
        waived = event.type == "identity_waived"
        number = text(data, "document_number") or None
        person.confirmations.append(
            Confirmation(
                seq=event.seq,
                at=event.at,
                mechanism=None if waived else text(data, "method"),
                assurance="" if waived else text(data, "assurance"),
                by=event.actor,
                reference=text(data, "reference") or None,
                number=number,
            )
        )
        if number and not person.numbers:
            person.numbers.append((event.seq, number))
    elif event.type == "identity_lapsed":
        person.lapses.append(event.seq)
    elif event.type == "warnings_acknowledged":
        person.warned.append(event.seq)
    elif event.type in ("consent_given", "consent_withdrawn"):
        person.consents.append((event.seq, (data.get("given") is True, event.at)))
    elif event.type in ("official_seated", "participant_corrected"):
        if name := text(data, "name"):
            person.names.append((event.seq, name))
        if number := text(data, "document_number"):
            person.numbers.append((event.seq, number))
        person.account = text(data, "account") or person.account


def instant(data: Mapping[str, Any], key: str) -> datetime | None:
    """An instant with its offset, of opened data; None when there is none or it is none."""
    try:
        found = datetime.fromisoformat(text(data, key))
    except ValueError:
        return None
    return found if found.tzinfo else None


def text(data: Mapping[str, Any], key: str) -> str:
    """A text of opened data; empty when there is none or it is none."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def mapping(value: Any, key: str) -> Mapping[str, Any]:
    """An object within one of opened data; empty when there is none or it is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def _latest(told: list[tuple[int, T]], seq: int) -> T | None:
    """What the last event before `seq` told."""
    position = bisect_left(told, max(seq, 1), key=lambda one: one[0])
    return told[position - 1][1] if position else None
