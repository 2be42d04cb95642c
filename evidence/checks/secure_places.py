"""Of CHK-13: the secure place. Whoever the type wants in one was let in once their office had looked, and was free.

Law: a secure place lets people take part freely and confer in private with their lawyer (Real Decreto-ley 6/2023, art.
62.3.b and c); the municipal justice office is one (art. 62.4.a).
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import Participant, mapping, text

__all__ = ["PLACE_CHECKED", "place_problems"]

CHECK = NumberedCheck("CHK-13")

PLACE_CHECKED: Final = "secure_place_checked"
ARRIVED: Final = "participant_checked_in"
ADMITTED: Final = "participant_admitted"
REOPENED: Final = "session_reopened"
SIGNED: Final = ("document_signed", "signature_authenticated")
OFFICE: Final = "office"


def place_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """What the office saw last of each person, against each admission and each signature that comes after."""
    wanted = _roles_checked(bundle)
    arrived: dict[str, Mapping[str, Any]] = {}
    seen: dict[str, Mapping[str, Any]] = {}
    for event in bundle.events:
        data = bundle.opened(event) or {}
        who, where = text(data, "participant"), f"{EVENTS}#{event.seq}"
        if event.type == REOPENED:
            seen.clear()
        elif event.type == ARRIVED:
            if _elsewhere(arrived.get(who), data):
                seen.pop(who, None)
            arrived[who] = data
        elif event.type == PLACE_CHECKED:
            seen[who] = data
        elif event.type == ADMITTED and who in people and people[who].role in wanted:
            yield from _admission(where, who, arrived.get(who, {}), seen.get(who))
        elif event.type in SIGNED and who in seen and seen[who].get("acts_freely") is False:
            yield CHECK.failed(where, "SIGNED_NOT_FREELY", participant=who)


def _admission(where: str, who: str, arrived: Mapping[str, Any], seen: Mapping[str, Any] | None) -> Iterator[Finding]:
    if text(arrived, "place") != OFFICE:
        return
    if seen is None:
        yield CHECK.failed(where, "PLACE_UNCHECKED", participant=who)
    elif seen.get("acts_freely") is not True or seen.get("private_talk") is not True:
        yield CHECK.failed(where, "PLACE_NOT_SECURE", participant=who)


def _elsewhere(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> bool:
    """Another session or another place: what was seen there is not of whoever sits here."""
    if before is None:
        return False
    sessions = (text(before, "session"), text(now, "session"))
    return text(before, "place") != text(now, "place") or (all(sessions) and sessions[0] != sessions[1])


def _roles_checked(bundle: OpenedBundle) -> frozenset[str]:
    """Roles that the type lets in from an office only once it has looked, whatever was declared."""
    validity = mapping(mapping(bundle.resolved_type, "procedure"), "validity")
    places = validity.get("places")
    rules = [one for one in places if isinstance(one, dict)] if isinstance(places, list) else []
    always = [one for one in rules if one.get("checked") is True and not one.get("when")]
    return frozenset(str(role) for one in always for role in one.get("roles") or ())
