"""What is chosen in an item where the rest of it leaves no choice: a decision table of its type."""

from collections.abc import Mapping
from typing import Any

from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.refusals.validity import CHOICE_FOLLOWS


def choices_follow(procedure: Procedure, item: AgendaItem, values: Mapping[str, Any]) -> None:
    """Raises `Refusal('choice_follows')`."""
    # The last event is the clock of a rule.
    today = procedure.changed_at or procedure.scheduled_at
    kind = procedure.type.item(item.code)
    for decision in kind.decided:
        choice, field = decision.choice(values, today.date()), kind.field(decision.field)
        if choice and field and values.get(field.name) not in (None, choice):
            said = field.options[choice].in_language(procedure.language)
            raise Refusal(CHOICE_FOLLOWS, item=item.code, field=field.name, said=said, law=decision.legal_basis)
