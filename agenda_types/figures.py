"""What stands in a form before anybody writes, and what is computed from it: both fit, and nobody is answered for."""

from agenda_types.fields import all_fields
from agenda_types.rules import Broken, RuleBook
from domain.errors import Refusal
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.item_values import checked
from domain.types.vocabulary import Verb

FIGURES: RuleBook[AgendaItemType] = RuleBook()

_OF_THE_ACT = (FieldKind.PARTICIPANT, FieldKind.DOCUMENT, FieldKind.ROWS)
"""Nobody knows beforehand who, or which paper."""
_SAID_BY_SOMEBODY = (
    Verb.CONSENT,
    Verb.SWEAR,
    Verb.SETTLE,
    Verb.FAIL_TO_SETTLE,
    Verb.DECLARE,
    Verb.VOTE,
    Verb.SIGN,
    Verb.RULE,
    Verb.IDENTIFY,
)
_ANSWERS = (FieldKind.CHOICE, FieldKind.BOOLEAN)


@FIGURES.rule(
    es=("`{word}` no cabe en el campo que lo tendría al empezar", "ponga en `default` algo que ese campo admita"),
    en=("`{word}` does not fit the field that would begin with it", "put into `default` what that field takes"),
)
def defaults_fit(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.default is not None and (field.kind in _OF_THE_ACT or not _fits(field)):
            yield (*loc, "default"), field.default


@FIGURES.rule(
    es=(
        "`{word}` estaría contestado antes de que nadie conteste",
        "quite `default`: lo que alguien consiente, jura, declara, vota o resuelve lo dice esa persona",
    ),
    en=(
        "`{word}` would be answered before anybody answers",
        "remove `default`: what somebody consents to, swears, declares, votes or rules is theirs to say",
    ),
    law="Reglamento (UE) 2016/679 art. 4.11",
)
def nobody_is_answered_for(item: AgendaItemType) -> Broken:
    """Law: CJEU C-673/17 (Planet49), a box that is ticked beforehand is no consent."""
    for loc, field in all_fields(item):
        if field.default is not None and field.kind in _ANSWERS and item.verb in _SAID_BY_SOMEBODY:
            yield (*loc, "default"), field.name


@FIGURES.rule(
    es=(
        "`computed` nombra `{word}`, con lo que ese campo no puede calcularse",
        "use otros campos del punto: de la misma clase para sumar, `rows` para contar, `date` para los días",
    ),
    en=(
        "`computed` names `{word}`, from which that field cannot be computed",
        "use other fields of the item: of the same kind to add up, `rows` to count, `date` for days",
    ),
)
def figures_are_computed_from_what_is_there(item: AgendaItemType) -> Broken:
    for loc, field in all_fields(item):
        if field.computed is None:
            continue
        if len(loc) > 2:
            yield (*loc, "computed"), field.name
            continue
        rule, whole = field.computed, field.kind is FieldKind.INTEGER
        wanted = [(name, field.kind) for name in rule.sum] + [(name, FieldKind.DATE) for name in rule.days]
        wanted += [(rule.count, FieldKind.ROWS)] if rule.count else []
        for name, kind in wanted:
            other = item.field(name)
            wrong = other is None or other.kind is not kind or other.computed is not None
            if wrong or (not rule.sum and not whole):
                yield (*loc, "computed"), name
        if rule.sum_of:
            rows = item.field(rule.sum_of.rows)
            column = next((one for one in rows.columns if one.name == rule.sum_of.column), None) if rows else None
            if column is None or column.kind is not field.kind:
                yield (*loc, "computed"), f"{rule.sum_of.rows}.{rule.sum_of.column}"


def _fits(field: ItemField) -> bool:
    try:
        return bool(checked(field, field.default) == field.default)
    except Refusal:
        return False
