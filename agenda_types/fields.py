"""What the fields of an item must keep to beyond their shape: what makes one compulsory, and what fits into it."""

from collections.abc import Iterator

from agenda_types.rules import Broken, RuleBook
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.line_pattern import LONGEST_LINE

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


@FIELDS.rule(
    es=(
        "nadie puede leer la forma `{word}`",
        "use la sintaxis de expresiones regulares de Rust, sin referencias a lo anterior ni miradas hacia delante",
    ),
    en=(
        "nobody can read the pattern `{word}`",
        "use the syntax of Rust's regular expressions, which neither refer back nor look ahead",
    ),
)
def patterns_can_be_read(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.pattern and not field.pattern.is_readable:
            yield (*loc, "pattern", "matches"), field.pattern.matches


@FIELDS.rule(
    es=("el ejemplo `{word}` no tiene la forma que se pide", "corrija la forma o el ejemplo"),
    en=("the example `{word}` does not fit the pattern", "correct the pattern or the example"),
)
def examples_fit_their_pattern(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.pattern and field.pattern.is_readable and not field.pattern.fits(field.pattern.example):
            yield (*loc, "pattern", "example"), field.pattern.example


@FIELDS.rule(
    es=("cabe una línea demasiado larga para compararla (`{word}`)", f"ponga `max_length: {LONGEST_LINE}` o menos"),
    en=("a line may be too long to be compared (`{word}`)", f"put `max_length: {LONGEST_LINE}` or less"),
)
def lines_with_a_pattern_are_short(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.pattern and field.max_length > LONGEST_LINE:
            yield (*loc, "pattern"), field.max_length


@FIELDS.rule(
    es=(
        "`unlike` nombra `{word}`, que no está en las filas de este punto",
        "use un campo `rows`, una columna `line` suya, y respuestas de otra columna",
    ),
    en=(
        "`unlike` names `{word}`, which is not in the rows of this item",
        "use a `rows` field, a `line` column of it, and answers of another column",
    ),
)
def what_is_not_repeated_is_there(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        told = field.unlike
        rows = item.field(told.rows) if told else None
        columns = {column.name: column for column in rows.columns} if rows else {}
        if told and (not columns or len(loc) > 2):
            yield (*loc, "unlike"), told.rows
        elif told:
            if told.column not in columns or columns[told.column].kind is not FieldKind.LINE:
                yield (*loc, "unlike"), told.column
            for name, answers in told.when.items():
                known = _answers(columns.get(name))
                yield from (((*loc, "unlike"), answer) for answer in answers if answer not in known)


@FIELDS.rule(
    es=(
        "`decided` nombra `{word}`, que no es lo que ahí debe ir",
        "decida un campo `choice` con sus opciones, por respuestas o cantidades de otros campos del punto",
    ),
    en=(
        "`decided` names `{word}`, which is not what belongs there",
        "decide a `choice` field with its options, by answers or amounts of other fields of the item",
    ),
)
def decisions_follow_from_the_item(item: AgendaItemType) -> Broken:
    for place, decision in enumerate(item.decided):
        decided, loc = item.field(decision.field), ("decided", place)
        if decided is None or decided.kind is not FieldKind.CHOICE:
            yield (*loc, "field"), decision.field
        for number, row in enumerate(decision.rows):
            at = (*loc, "rows", number)
            if decided is not None and row.choice not in decided.options:
                yield at, row.choice
            yield from ((at, name) for name in row.fields if name == decision.field)
            yield from ((at, one) for name, said in row.when.items() for one in said if one not in _said_in(item, name))
            amounts = (*row.at_least, *row.below)
            yield from ((at, name) for name in amounts if getattr(item.field(name), "kind", None) not in _COUNTED)


@FIELDS.rule(
    es=(
        "la fila {word} se cumple siempre: las demás no valdrían nunca",
        "diga con `when`, `at_least` o `below` cuándo",
    ),
    en=("row {word} always holds: the others never would", "say with `when`, `at_least` or `below` when"),
)
def decisions_say_when(item: AgendaItemType) -> Broken:
    for place, decision in enumerate(item.decided):
        for number, row in enumerate(decision.rows):
            if not row.fields:
                yield ("decided", place, "rows", number), number + 1


_COUNTED = (FieldKind.MONEY, FieldKind.INTEGER, FieldKind.DATE)


def _said_in(item: AgendaItemType, name: str) -> set[str]:
    return _answers(item.field(name))


def _answers(field: ItemField | None) -> set[str]:
    if field is None:
        return set()
    return {"yes", "no"} if field.kind is FieldKind.BOOLEAN else set(field.options)


def all_fields(item: AgendaItemType) -> Iterator[tuple[tuple[int | str, ...], ItemField]]:
    for index, field in enumerate(item.fields):
        yield ("fields", index), field
        for place, column in enumerate(field.columns):
            yield ("fields", index, "columns", place), column
