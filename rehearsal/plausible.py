"""What scripted people put into the fields of an item."""

from datetime import timedelta
from typing import Any

from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.rules.admission import declared_now
from domain.types.item_type import AgendaItemType, FieldKind, ItemField, LineForm, is_wanted
from domain.types.vocabulary import Verb


def plausible_values(kind: AgendaItemType, procedure: Procedure, item: AgendaItem) -> dict[str, Any]:
    """Something sensible in every field that is required."""
    values = _filled(kind.fields, procedure, item)
    rules = (rule for rule in procedure.type.procedure.validity.filled if rule.holds(item.code, values))
    named = {name for rule in rules for name in rule.fields} - values.keys()
    values |= {field.name: _plausible(field, procedure, item) for field in kind.fields if field.name in named}
    today = (procedure.changed_at or procedure.scheduled_at).date()
    choices = ((decision.field, decision.choice(values, today)) for decision in kind.decided)
    values = counted(kind, values | {name: choice for name, choice in choices if choice})
    others = (p.id for p in procedure.participants if p.role == item.role and p.id != values.get(str(kind.about)))
    return values | dict(zip(kind.also_about, others, strict=False))


def counted(kind: AgendaItemType, values: dict[str, Any]) -> dict[str, Any]:
    """`values`, with numbers that give the choice that is in them."""
    wrong = (tally for tally in kind.tallies if not tally.agrees(values))
    return values | {
        tally.more: values[tally.than] + (1 if values.get(tally.field) == tally.choice else -1) for tally in wrong
    }


def _filled(fields: tuple[ItemField, ...], procedure: Procedure, item: AgendaItem) -> dict[str, Any]:
    values = {field.name: _plausible(field, procedure, item) for field in fields if field.required}
    wanted = (field for field in fields if not field.required and is_wanted(field, values))
    return values | {field.name: _plausible(field, procedure, item) for field in wanted}


def _plausible(field: ItemField, procedure: Procedure, item: AgendaItem) -> Any:
    people = (*(p for p in procedure.participants if p.role == item.role), *procedure.citizens, *procedure.hosts)
    if procedure.type.item(item.code).verb is Verb.IDENTIFY:
        people = (*procedure.citizens, *people)
    speaker = procedure.participant(item.person) if item.person else people[0]
    publicity = procedure.type.procedure.publicity.value
    if field.kind is FieldKind.ROWS:
        return [_filled(field.columns, procedure, item)]
    return {
        FieldKind.LINE: _line(field),
        FieldKind.TEXT: f"{field.titles.in_language('es')}: la valla entre las fincas se repara antes de enero.",
        FieldKind.BOOLEAN: True,
        FieldKind.INTEGER: _number(field),
        FieldKind.MONEY: "1200.00",
        FieldKind.DATE: _day(field, procedure),
        FieldKind.TIME: "10:30",
        FieldKind.CHOICE: publicity if publicity in field.options else _choice(field, procedure, item),
        FieldKind.PARTICIPANT: speaker.id,
        FieldKind.COUNTRY: "PT",
        FieldKind.DOCUMENT: procedure.documents[0].id if procedure.documents else None,
    }[field.kind]


def _choice(field: ItemField, procedure: Procedure, item: AgendaItem) -> str | None:
    """The first that the law allows in this act."""
    declared = declared_now(procedure)
    rules = (rule for rule in procedure.type.procedure.validity.answers if rule.field == field.name)
    allowed = [rule.choices for rule in rules if rule.holds(item.code, procedure.body_kind, declared)]
    return next((code for code in field.options if all(code in choices for choices in allowed)), None)


def _line(field: ItemField) -> str:
    if field.pattern:
        return field.pattern.example
    return _LINES[field.form] if field.form else _NAMED.get(field.name, "Según consta en autos")


_LINES = {
    LineForm.IDENTITY_NUMBER: "99856680H",
    LineForm.EMAIL: "persona@correo.example",
    LineForm.PHONE: "600 000 108",
    LineForm.MEMBERSHIP_NUMBER: "412",
    LineForm.GIVEN_NAME: "Uxía",
}


_NAMED = {"name": "Uxía"}


def _day(field: ItemField, procedure: Procedure) -> str:
    held = procedure.scheduled_at.date()
    if field.not_future:
        # Scar: an act that is held long before its day told of a birth that was still to come.
        today = procedure.changed_at.date() if procedure.changed_at else held
        return (min(held, today + timedelta(days=6)) - timedelta(days=7)).isoformat()
    return max("2027-01-15", held.isoformat())


def _number(field: ItemField) -> int:
    lowest = 2 if field.minimum is None else max(2, field.minimum)
    return lowest if field.maximum is None else min(lowest, field.maximum)
