"""Rules over what a type wants filled in: it names fields of an item of its agenda, and answers that they can have."""

from agenda_types.rules import Broken, RuleBook
from agenda_types.source import Loc
from domain.types.item_type import FieldKind
from procedure_types.lint import Case, usable_codes

FILLED: RuleBook[Case] = RuleBook()


@FILLED.rule(
    es=("`{word}` no está en ese punto: nadie podría escribirlo", "use un punto del orden del día y campos suyos"),
    en=("`{word}` is not in that item: nobody could fill it in", "use an item of the agenda and fields of it"),
)
def fields_to_fill_in_exist(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.filled):
        kind, loc = (case.items or {}).get(rule.item), _place(index)
        if rule.item not in usable_codes(case.procedure):
            yield loc, rule.item
        elif kind is not None:
            yield from ((loc, name) for name in (*rule.fields, *rule.when) if kind.field(name) is None)


@FILLED.rule(
    es=("`{word}` no es una respuesta posible: la regla no valdría nunca", "use una opción de ese campo, `yes` o `no`"),
    en=("`{word}` is no possible answer: the rule would never hold", "use an option of the field, `yes` or `no`"),
)
def fields_are_wanted_with_possible_answers(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.filled):
        kind = (case.items or {}).get(rule.item)
        for name, choices in rule.when.items():
            if kind and (field := kind.field(name)):
                known = ("yes", "no") if field.kind is FieldKind.BOOLEAN else tuple(field.options)
                yield from ((_place(index), choice) for choice in choices if choice not in known)


def _place(index: int) -> Loc:
    return ("validity", "filled", index)
