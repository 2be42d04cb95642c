"""Of CHK-13: each event is told in the role of whoever did it, and a seat that the law reserves is held by whose it is.

Where support measures are asked for, a judge holds the act (Ley de la Jurisdicción Voluntaria, arts. 2.3 and 42 bis):
the type says so (`validity.seats`), by what was declared when the act was asked for.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import Participant, mapping, text

__all__ = ["role_problems"]

CHECK = NumberedCheck("CHK-13")

SEATED: Final = "official_seated"


def role_problems(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Parties act in their own role alone; staff in that of a seat they had, or in one that is none of this type."""
    codes = {text(role, "code") for role in _listed(mapping(bundle.resolved_type, "procedure"), "roles")}
    seats: dict[str, set[str]] = {id: {person.role} for id, person in people.items()}
    for _, one in _sitting(bundle, people):
        seats.setdefault(text(one, "account") or text(one, "id"), set()).add(text(one, "role"))
    for event in bundle.events[1:]:  # the first is told before anybody has a seat
        party, theirs = people.get(event.actor), seats.get(event.actor, set())
        if codes and theirs and event.role not in theirs and (party or event.role in codes):
            yield CHECK.failed(f"{EVENTS}#{event.seq}", "ROLE_OF_ANOTHER", actor=event.actor, role=event.role)
    yield from _reserved(bundle, people)


def _reserved(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[Finding]:
    """Whoever sits where only some accounts may, by the roles that the journal says their account has."""
    first = bundle.opened(bundle.events[0]) or {}
    declared = mapping(mapping(first, "declared"), "values")
    rules = _listed(mapping(mapping(bundle.resolved_type, "procedure"), "validity"), "seats")
    holding = [rule for rule in rules if _holds(mapping(rule, "when"), declared)]
    for seq, one in _sitting(bundle, people):
        for rule in holding:
            allowed, roles = rule.get("account_roles"), one.get("staff_roles")
            if text(rule, "role") != text(one, "role") or not text(one, "account") or not isinstance(allowed, list):
                continue
            if not isinstance(roles, list) or not set(map(str, allowed)) & set(map(str, roles)):
                yield CHECK.failed(f"{EVENTS}#{seq}", "SEAT_RESERVED", participant=text(one, "id"))


def _sitting(bundle: OpenedBundle, people: Mapping[str, Participant]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Everybody who ever had a seat, and from which event on."""
    yield from ((0, one) for one in _listed(bundle.opened(bundle.events[0]) or {}, "participants"))
    for event in bundle.events:
        data = bundle.opened(event) if event.type == SEATED else None
        if data is not None and (person := people.get(text(data, "participant"))):
            yield event.seq, {**data, "id": person.id, "role": person.role}


def _holds(when: Mapping[str, Any], declared: Mapping[str, Any]) -> bool:
    return bool(when) and all(
        isinstance(answers, list) and declared.get(field) in answers for field, answers in when.items()
    )


def _listed(value: Any, key: str) -> list[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
