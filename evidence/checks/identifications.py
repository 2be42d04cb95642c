"""Of CHK-13: a confirmation answers the identification that was begun: of this person, by this means, to its end.

Law: identification is for the act and of the person who takes part in it (Real Decreto-ley 6/2023, art. 60.1 and 60.2).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import Confirmation, Participant, text

__all__ = ["identification_problems"]

CHECK = NumberedCheck("CHK-13")

BEGUN, TAKEN = "identification_begun", "pose_taken"
LEFT: Final = frozenset({"identification_stopped"})
BY_POSES: Final = frozenset({"id_document_read"})
"""Mechanisms that ask for stills of several sides, whatever the journal says of their beginning."""

Told = tuple[Event, Mapping[str, Any]]


def identification_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Each confirmation that has a reference, against what the journal tells under the same one before it."""
    told: dict[str, list[Told]] = {}
    for event in bundle.events:
        data = bundle.opened(event) if event.type in {BEGUN, TAKEN, *LEFT} else None
        if data is not None:
            told.setdefault(text(data, "reference"), []).append((event, data))
    of: dict[str, str] = {}
    for person in people.values():
        for one in person.confirmations:
            if not one.mechanism or not one.reference:
                continue
            if of.setdefault(one.reference, person.id) != person.id:
                yield _failed("IDENTIFICATION_OF_ANOTHER", person, one)
            else:
                before = [found for found in told.get(one.reference, ()) if found[0].seq < one.seq]
                yield from _confirmation(person, one, before)


def _confirmation(person: Participant, one: Confirmation, before: list[Told]) -> Iterator[Finding]:
    begun = [data for event, data in before if event.type == BEGUN]
    if any((text(data, "participant"), text(data, "mechanism")) != (person.id, one.mechanism) for data in begun):
        yield _failed("IDENTIFICATION_OF_ANOTHER", person, one)
    elif before and before[-1][0].type in LEFT:
        yield _failed("IDENTIFIED_AFTER_IT_WAS_LEFT", person, one)
    elif (begun and begun[-1].get("poses")) or one.mechanism in BY_POSES:
        asked = begun[-1].get("poses") if begun else None
        seen = {text(data, "pose") for event, data in before if event.type == TAKEN}
        if not isinstance(asked, list) or not asked or not set(map(str, asked)) <= seen:
            yield _failed("POSES_MISSING", person, one)


def _failed(code: str, person: Participant, one: Confirmation) -> Finding:
    told = {"participant": person.id, "mechanism": one.mechanism or ""}
    return CHECK.failed(f"{EVENTS}#{one.seq}", code, **told)
