"""What the fields of an item must keep to beyond their shape: what makes one compulsory, and what fits into it."""

from collections.abc import Iterator

from agenda_types.rules import Broken, RuleBook
from domain.types.item_type import AgendaItemType, FieldKind, ItemField

FIELDS: RuleBook[AgendaItemType] = RuleBook()


@FIELDS.rule(
    es=(
        "`required_when` nombra `{word}`, que no es una respuesta de otro campo del mismo formulario",
        "use un campo `choice` y sus opciones, o uno `boolean` con `yes` o `no`",
    ),
    en=(
        "`required_when` names `{word}`, which is no answer of another field of the same form",
        "use a `choice` field and its options, or a `boolean` one with `yes` or `no`",
    ),
)
def conditions_can_be_met(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        beside = item.fields if len(loc) == 2 else item.fields[int(loc[1])].columns
        for name, answers in field.required_when.items():
            other = next((one for one in beside if one.name == name and one is not field), None)
            known = _answers(other)
            yield from (((*loc, "required_when"), answer) for answer in answers if answer not in known)


@FIELDS.rule(
    es=("ningún número cabe en el campo `{word}`", "ponga `minimum` por debajo de `maximum`"),
    en=("no number fits into field `{word}`", "put `minimum` below `maximum`"),
)
def a_number_fits(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            yield (*loc, "minimum"), field.name


@FIELDS.rule(
    es=("ningún día cabe en el campo `{word}`", "quite `not_future`, o lo que pide un día posterior"),
    en=("no day fits into field `{word}`", "remove `not_future`, or what asks for a later day"),
)
def a_day_fits(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.not_future and (field.not_past or field.years_at_most):
            yield (*loc, "not_future"), field.name


@FIELDS.rule(
    es=("no se dice qué ley fija los años del campo `{word}`", "añada `legal_basis` a ese campo"),
    en=("it is not said which law sets the years of field `{word}`", "add `legal_basis` to the field"),
)
def years_have_their_law(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.years_at_most and not field.legal_basis:
            yield (*loc, "years_at_most"), field.name


def _answers(field: ItemField | None) -> set[str]:
    if field is None:
        return set()
    return {"yes", "no"} if field.kind is FieldKind.BOOLEAN else set(field.options)


def all_fields(item: AgendaItemType) -> Iterator[tuple[tuple[int | str, ...], ItemField]]:
    for index, field in enumerate(item.fields):
        yield ("fields", index), field
        for place, column in enumerate(field.columns):
            yield ("fields", index, "columns", place), column
