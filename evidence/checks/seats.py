"""Of CHK-13: each seat of the act is one person's, and an account is that of somebody who takes part for the authority.

Whose account acts counts as staff: a party who is given one, or the official's, would be taken for an official.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import EVENTS
from evidence.opened import OpenedBundle
from evidence.taking_part import mapping, text

__all__ = ["seat_problems"]

CHECK = NumberedCheck("CHK-13")

WHERE: Final = f"{EVENTS}#0"
AUTHORITY: Final = "authority"
SEATED: Final = frozenset({"official_seated", "participant_corrected"})


def seat_problems(bundle: OpenedBundle) -> Iterator[Finding]:
    """Of the people whom the first event names, and of whoever sits down later."""
    data = bundle.opened(bundle.events[0]) if bundle.events else None
    listed = (data or {}).get("participants")
    people = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    sides = _sides(bundle)
    held: dict[str, str] = {}
    for person in people:
        id, role = text(person, "id"), text(person, "role")
        if id in held:
            yield CHECK.failed(WHERE, "PARTICIPANT_TWICE", participant=id)
        if sides and role not in sides:
            yield CHECK.failed(WHERE, "ROLE_UNKNOWN", participant=id, role=role)
        held[id] = text(person, "name")
    for person in people:
        yield from _account(WHERE, person, held, sides)
    roles = {text(person, "id"): text(person, "role") for person in people}
    for event in bundle.events:
        seated = bundle.opened(event) if event.type in SEATED else None
        if seated is not None:
            id = text(seated, "participant")
            told = {"name": text(seated, "name") or held.get(id, ""), "account": text(seated, "account")}
            person = {"id": id, "role": roles.get(id, ""), **told}
            yield from _account(f"{EVENTS}#{event.seq}", person, held, sides)


def _account(
    where: str, person: Mapping[str, Any], held: dict[str, str], sides: Mapping[str, str]
) -> Iterator[Finding]:
    account = text(person, "account")
    if not account:
        return
    if held.setdefault(account, text(person, "name")) != text(person, "name"):
        yield CHECK.failed(where, "ACCOUNT_OF_ANOTHER", participant=text(person, "id"), account=account)
    if sides.get(text(person, "role"), AUTHORITY) != AUTHORITY:
        yield CHECK.failed(where, "ACCOUNT_OF_A_PARTY", participant=text(person, "id"), account=account)


def _sides(bundle: OpenedBundle) -> dict[str, str]:
    """By role of the type; none where the type names none."""
    roles = mapping(bundle.resolved_type, "procedure").get("roles")
    listed = roles if isinstance(roles, list) else []
    return {text(role, "code"): text(role, "side") for role in listed if isinstance(role, dict)}
