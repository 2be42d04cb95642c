"""The items of a procedure's agenda as the JSON interface shows them."""

from typing import Any

from api.access.session import Caller, StaffSession
from api.access.visibility import reads_item
from domain.base import Value
from domain.procedure.agenda import Prefilled
from domain.procedure.state import Procedure
from domain.rules.validity import line_of


class ItemView(Value):
    id: str
    code: str
    title: str
    verb: str
    state: str
    role: str | None
    person: str | None = None
    """Whom alone it deals with, where each person of the role has an item of their own."""
    optional: bool
    values: dict[str, Any]
    prefilled: Prefilled | None = None
    """What the asker knew beforehand, for staff; null once a person has filled the item in."""
    corrections: int


def agenda_of(procedure: Procedure, who: Caller, language: str) -> tuple[ItemView, ...]:
    lines = []
    for item in procedure.agenda:
        line = line_of(procedure, item)
        kind = procedure.type.item(item.code)
        lines.append(
            ItemView(
                id=item.id,
                code=item.code,
                title=kind.titles.in_language(language),
                verb=kind.verb.value,
                state=item.state.value,
                role=item.role,
                person=item.person,
                optional=line is None or line.optional,
                values=item.values if (reads := reads_item(who, procedure, kind.visible_to)) else {},
                prefilled=item.prefilled if reads and isinstance(who, StaffSession) else None,
                corrections=item.corrections,
            )
        )
    return tuple(lines)
