"""Who took part, as the journal says: the name and number that a participant had at each moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from evidence.opened import OpenedBundle

__all__ = ["People", "Person", "read_people"]

NAMING: Final = frozenset({"official_seated", "participant_corrected"})
"""Events after the first that say who a participant is."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    number: str | None


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of the first event, and what later events said of them."""

    told: tuple[tuple[int, Mapping[str, Person]], ...]
    body: str | None
    """The body that holds the procedure; `None` when the first event's data are withheld or do not say."""
    withheld: bool
    """Data of an event that may name somebody are not in the bundle."""

    def at(self, seq: int, participant: str) -> Person | None:
        """Who the participant was when event `seq` happened."""
        known = [people.get(participant) for since, people in self.told if since <= seq]
        return known[-1] if known else None


def read_people(bundle: OpenedBundle) -> People:
    """The people of the journal. What is not written as expected names nobody."""
    told: list[tuple[int, Mapping[str, Person]]] = []
    withheld, body = False, None
    for event in bundle.events:
        if event.seq and event.type not in NAMING:
            continue
        data = bundle.opened(event)
        if data is None:
            withheld = True
            continue
        if not event.seq:
            body = _text(data.get("body"))
            told.append((0, _first(data.get("participants"))))
        elif told:
            told.append((event.seq, _renamed(told[-1][1], data)))
    return People(tuple(told), body, withheld)


def _first(value: Any) -> dict[str, Person]:
    entries: Iterable[Any] = value if isinstance(value, list) else ()
    return {
        entry["id"]: Person(_text(entry.get("name")) or "", _text(entry.get("document_number")))
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    }


def _renamed(known: Mapping[str, Person], data: Mapping[str, Any]) -> Mapping[str, Person]:
    participant = _text(data.get("participant")) or ""
    person = known.get(participant, Person("", None))
    name, number = _text(data.get("name")), _text(data.get("document_number"))
    return {**known, participant: replace(person, name=name or person.name, number=number or person.number)}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
