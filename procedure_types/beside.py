"""Rules over people who are linked: an item says who helps whom, the type when the one is needed beside the other."""

from agenda_types.rules import Broken, RuleBook
from domain.types.item_type import FieldKind
from domain.types.vocabulary import Verb
from procedure_types.apart import INTERPRETER
from procedure_types.lint import Case, usable_codes

BESIDE: RuleBook[Case] = RuleBook()


@BESIDE.rule(
    es=(
        "`{word}` no dice quién asiste a quién",
        "use en `item` un punto del orden del día, y en `helper` y `helped` dos campos suyos con `kind: participant`",
    ),
    en=(
        "`{word}` does not say who helps whom",
        "use an item of the agenda in `item`, and two fields of it with `kind: participant` in `helper` and `helped`",
    ),
)
def links_are_said_in_an_item(case: Case) -> Broken:
    usable = usable_codes(case.procedure)
    for index, rule in enumerate(case.procedure.validity.beside):
        kind, loc = (case.items or {}).get(rule.item), ("validity", "beside", index)
        if rule.item not in usable:
            yield loc, rule.item
        for name in (rule.helper, rule.helped) if kind else ():
            field = kind.field(name) if kind else None
            if field is None or field.kind is not FieldKind.PARTICIPANT:
                yield loc, name
        if rule.helper == rule.helped:
            yield loc, rule.helped


@BESIDE.rule(
    es=("nadie es oído en `{word}`, o ese punto es el que nombra a quien asiste", "use otros puntos del orden del día"),
    en=("nobody is heard in `{word}`, or it is the item that names who helps", "use other items of the agenda"),
)
def helpers_are_needed_where_somebody_is_heard(case: Case) -> Broken:
    usable = usable_codes(case.procedure)
    for index, rule in enumerate(case.procedure.validity.beside):
        unfit = (code for code in rule.items if code not in usable or code == rule.item)
        yield from ((("validity", "beside", index), code) for code in unfit)


@BESIDE.rule(
    es=(
        "se nombra intérprete (`{word}`) y nada exige que esté mientras se oye a quien asiste",
        "añada a `validity.beside` el punto que la nombra y aquellos en que interviene",
    ),
    en=(
        "an interpreter is appointed (`{word}`), and nothing wants them there while whoever they assist is heard",
        "add to `validity.beside` the item that names them and those in which they take part",
    ),
    law="LEC art. 143.1",
)
def interpreters_are_there_while_they_are_needed(case: Case) -> Broken:
    items = case.items or {}
    naming = {rule.item for rule in case.procedure.validity.beside}
    usable = [items[code] for code in usable_codes(case.procedure) if code in items]
    link = {one.code for one in usable if one.verb is Verb.SWEAR and one.about == INTERPRETER}
    for index, role in enumerate(case.procedure.roles):
        if role.code == INTERPRETER and link and not link & naming:
            yield ("roles", index, "code"), role.code
