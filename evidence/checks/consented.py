"""Of CHK-13: who is identified by their face said yes to it first, themselves, and did not take it back.

Law: biometric data identify a person only with explicit consent (Regulation (EU) 2016/679, art. 9.2.a).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.journal import Event
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import Confirmation, Participant, text

__all__ = ["consent_problems"]

CHECK = NumberedCheck("CHK-13")

BY_FACE: Final = frozenset({"face_against_document"})
"""Mechanisms that are known to compare faces, whatever a type says of them."""
BEGUN: Final = "identification_begun"
STOPPED: Final = "identification_stopped"


def consent_problems(
    bundle: OpenedBundle, people: Mapping[str, Participant], mechanisms: Mapping[str, Any]
) -> Iterator[Finding]:
    """Each confirmation by a mechanism that needs consent, against the beginning that it answers."""
    asking = BY_FACE | {
        code for code, one in mechanisms.items() if isinstance(one, dict) and one.get("consent") is True
    }
    for person in people.values():
        for one in person.confirmations:
            if one.mechanism in asking:
                yield from _confirmation(bundle, person, one)


def _confirmation(bundle: OpenedBundle, person: Participant, one: Confirmation) -> Iterator[Finding]:
    where, told = f"{EVENTS}#{one.seq}", {"participant": person.id, "mechanism": one.mechanism or ""}
    before = [event for event in bundle.events[: one.seq] if event.type in (BEGUN, STOPPED)]
    of_this = [event for event in before if _is_of(bundle.opened(event), person, one)]
    begun = [event for event in of_this if event.type == BEGUN]
    if begun and of_this[-1].type == STOPPED:
        yield CHECK.failed(where, "IDENTIFIED_AFTER_CONSENT_WITHDRAWN", **told)
    elif any(_consented(bundle, event, person) for event in begun):
        return
    elif not begun and any(bundle.opened(event) is None for event in before):
        yield CHECK.undecided(where, "CONSENT_TO_MECHANISM_WITHHELD", **told)
    else:
        yield CHECK.failed(where, "IDENTIFIED_WITHOUT_CONSENT", **told)


def _is_of(data: Mapping[str, Any] | None, person: Participant, one: Confirmation) -> bool:
    found = data or {}
    asked = (text(found, "participant"), text(found, "mechanism"), text(found, "reference"))
    return asked == (person.id, one.mechanism, one.reference)


def _consented(bundle: OpenedBundle, event: Event, person: Participant) -> bool:
    data = bundle.opened(event) or {}
    return data.get("consented") is True and person.is_oneself(event.actor)
