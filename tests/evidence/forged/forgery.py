"""How a forgery is told: whoever holds the keys of seal and acts, and the chain's account, tells another story.

Everything is sealed, stamped and anchored by the true authorities: only the story betrays them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from evidence.parts import CoreParts
from tests.evidence.forge import insider
from tests.evidence.held import Script, Told, hold
from tests.evidence.sample import Sample

__all__ = [
    "AT",
    "EVENTS",
    "FORGERIES",
    "RECORD",
    "Forgery",
    "beside",
    "both",
    "event",
    "first_event",
    "script",
    "told",
    "without",
]

RECORD = "signatures/act-d2-par_1.json"
EVENTS = "log/events.jsonl"
AT = f"{EVENTS}#"


@dataclass(frozen=True)
class Forgery:
    """One lie, and what must be named for it."""

    name: str
    make: Callable[[Sample], bytes]
    where: str
    code: str
    open: bool = False
    """INDETERMINATE instead of FAILED: not shown to be wrong, and not affirmed."""


FORGERIES: list[Forgery] = []


def script(
    name: str,
    where: str,
    code: str,
    *,
    open_: bool = False,
    after: Callable[[CoreParts], CoreParts] = lambda parts: parts,
    **changes: Any,
) -> None:
    """Enter an act that was told otherwise."""

    def make(sample: Sample) -> bytes:
        return insider(sample, after(hold(Script(sample.pki, **changes))))

    FORGERIES.append(Forgery(name, make, where, code, open_))


def told(kind: str, who: str | None = None, **changes: Any) -> Callable[[Told], Told | None]:
    """A lie about the events of one kind (and participant): other data, another actor, another time; `gone`: none."""

    def lie(event: Told) -> Told | None:
        if event.type != kind or (who is not None and who not in (event.data.get("participant"), event.actor)):
            return event
        if changes.get("gone"):
            return None
        data = {**event.data, **{key: value for key, value in changes.items() if key not in ("actor", "by")}}
        return replace(
            event, actor=changes.get("actor", event.actor), at=event.at + changes.get("by", timedelta()), data=data
        )

    return lie


def both(*lies: Callable[[Told], Told | None]) -> Callable[[Told], Told | None]:
    def lie(event: Told) -> Told | None:
        found: Told | None = event
        for one in lies:
            found = one(found) if found is not None else None
        return found

    return lie


def event(kind: str, actor: str, *subjects: str, **data: Any) -> Callable[[Told], Told]:
    """One more event, told when the one beside it is."""
    return lambda beside: Told(kind, actor, beside.at, subjects, data)


def beside(
    kind: str, who: str | None, *more: Callable[[Told], Told], ahead: bool = False
) -> Callable[[Told], Told | list[Told]]:
    """Further events after the first of a kind (and person), or before it."""
    done: list[bool] = []

    def lie(found: Told) -> Told | list[Told]:
        if done or found.type != kind or (who is not None and who not in (found.data.get("participant"), found.actor)):
            return found
        done.append(True)
        added = [make(found) for make in more]
        return [*added, found] if ahead else [found, *added]

    return lie


def first_event(**changes: Any) -> Callable[[Told], Told | None]:
    return told("procedure_requested", **changes)


def without(parts: CoreParts, *seqs: int) -> CoreParts:
    """The same parts with the data of some events withheld."""
    return replace(parts, openings=[one for one in parts.openings if one.seq not in seqs])
