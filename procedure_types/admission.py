"""Rules over what a type says of its admission: it asks what is declared, and what it excludes is stopped."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from agenda_types.rules import Broken, RuleBook
from agenda_types.source import Loc
from domain.types.item_type import AgendaItemType, FieldKind
from domain.types.vocabulary import Family, TermDays, Verb
from procedure_types.lint import Case, usable_codes

ADMISSION: RuleBook[Case] = RuleBook()

_AMOUNTS = (FieldKind.MONEY, FieldKind.INTEGER)
_PLACE: Loc = ("validity", "admission")


@ADMISSION.rule(
    es=("`{word}` no dice sobre qué cabe ni entre quiénes", "declare `validity.admission` con lo que la ley excluye"),
    en=(
        "`{word}` does not say on what and between whom it may be",
        "declare `validity.admission` with what is excluded",
    ),
    law="LJV art. 139.2, LO 1/2025 arts. 3 y 4",
)
def settlements_say_what_they_exclude(case: Case) -> Broken:
    items = case.items or {}
    settles = any(items[code].verb is Verb.SETTLE for code in usable_codes(case.procedure) if code in items)
    if case.procedure.family is Family.ADR and settles and case.procedure.validity.admission is None:
        yield ("family",), case.procedure.family


@ADMISSION.rule(
    es=("lo declarado (`{word}`) no podría anotarse de nuevo", "póngalo en `agenda.allowed`, y que pueda repetirse"),
    en=("what is declared (`{word}`) could not be noted anew", "put it in `agenda.allowed`, and let it repeat"),
)
def declarations_can_be_noted_anew(case: Case) -> Broken:
    admission = case.procedure.validity.admission
    if admission:
        kind = (case.items or {}).get(admission.item)
        if admission.item not in case.procedure.agenda.allowed or (kind is not None and not kind.repeatable):
            yield (*_PLACE, "item"), admission.item


@ADMISSION.rule(
    es=("`{word}` no es una pregunta de lo que se declara", "use el nombre de un campo de ese punto"),
    en=("`{word}` is no question of what is declared", "use the name of a field of that item"),
)
def admission_asks_what_is_declared(case: Case) -> Broken:
    for loc, field, _ in _asked(case):
        kind = _declared(case)
        if case.items is not None and (kind is None or kind.field(field) is None):
            yield loc, field


@ADMISSION.rule(
    es=("`{word}` no es una respuesta posible: la regla no valdría nunca", "use una opción de ese campo, `yes` o `no`"),
    en=("`{word}` is no possible answer: the rule would never hold", "use an option of the field, `yes` or `no`"),
)
def admission_names_possible_answers(case: Case) -> Broken:
    for loc, name, choices in _asked(case):
        field = kind.field(name) if (kind := _declared(case)) else None
        if field is not None and choices is not None:
            known = ("yes", "no") if field.kind is FieldKind.BOOLEAN else tuple(field.options)
            yield from ((loc, choice) for choice in choices if choice not in known)


@ADMISSION.rule(
    es=("`{word}` no es una cantidad", "use un campo `money` o `integer`"),
    en=("`{word}` is no amount", "use a field of kind `money` or `integer`"),
)
def admission_compares_amounts(case: Case) -> Broken:
    for loc, name, choices in _asked(case):
        field = kind.field(name) if (kind := _declared(case)) else None
        if field is not None and choices is None and field.kind not in _AMOUNTS:
            yield loc, name


@ADMISSION.rule(
    es=("nadie tendría que responder a `{word}`, que excluye el acto", "ponga `required: true` en ese campo"),
    en=("nobody would have to answer `{word}`, which excludes the act", "give that field `required: true`"),
)
def what_excludes_has_to_be_answered(case: Case) -> Broken:
    """An amount may be left open: not everything is claimed in money."""
    for loc, name, choices in _asked(case):
        field = kind.field(name) if (kind := _declared(case)) else None
        if field is not None and choices is not None and not field.required:
            yield loc, name


@ADMISSION.rule(
    es=("la línea `{word}` excluiría cualquier acto", "diga con `when`, `at_least`, `below` o `bodies` cuándo"),
    en=("line `{word}` would exclude every act", "say with `when`, `at_least`, `below` or `bodies` when"),
)
def exclusions_say_when(case: Case) -> Broken:
    admission = case.procedure.validity.admission
    for index, rule in enumerate(admission.excluded if admission else ()):
        if not rule.fields and not rule.bodies:
            yield (*_PLACE, "excluded", index), index + 1


@ADMISSION.rule(
    es=("`{word}` seguiría pudiendo tratarse aunque el acto quede excluido", "añádalo a `bars`"),
    en=("`{word}` could still be dealt with once the act is excluded", "add it to `bars`"),
    law="LJV art. 145.2",
)
def what_is_excluded_is_not_settled(case: Case) -> Broken:
    admission, items = case.procedure.validity.admission, case.items or {}
    for code in usable_codes(case.procedure) if admission else ():
        kind = items.get(code)
        if admission and kind and kind.verb in (Verb.SETTLE, Verb.PROPOSE) and code not in admission.bars:
            yield (*_PLACE, "bars"), code


@ADMISSION.rule(
    es=("`{word}` no está en el orden del día: no hay nada que impedir", "use puntos de `planned` o `allowed`"),
    en=("`{word}` is not on the agenda: there is nothing to bar", "use items of `planned` or `allowed`"),
)
def bars_are_on_the_agenda(case: Case) -> Broken:
    admission = case.procedure.validity.admission
    usable = usable_codes(case.procedure)
    yield from (((*_PLACE, "bars"), code) for code in (admission.bars if admission else ()) if code not in usable)


@ADMISSION.rule(
    es=("lo excluido terminaría como `{word}`, que exige un punto impedido", "use otro resultado, o quite ese `done`"),
    en=(
        "what is excluded would end as `{word}`, which needs a barred item",
        "use another outcome, or drop that `done`",
    ),
)
def ends_can_be_reached(case: Case) -> Broken:
    validity = case.procedure.validity
    for place, outcome in enumerate(validity.admission.ends_as if validity.admission else ()):
        rules = validity.of_outcome(outcome)
        if validity.admission and any(code in validity.admission.bars for rule in rules for code in rule.done):
            yield (*_PLACE, "ends_as", place), outcome


@ADMISSION.rule(
    es=(
        "el plazo para celebrar el acto no corre desde `{word}`",
        "use un campo `date`, y días `court` u `office` enteros",
    ),
    en=(
        "the term for holding the act cannot run from `{word}`",
        "use a `date` field, and whole `court` or `office` days",
    ),
    law="LEC art. 133",
)
def admission_terms_run_from_a_day(case: Case) -> Broken:
    admission = case.procedure.validity.admission
    term = admission.held_within if admission else None
    if term and (kind := _declared(case)):
        field, whole = kind.field(term.field), term.length == timedelta(days=term.length.days) > timedelta()
        if field is None or field.kind is not FieldKind.DATE or not whole or term.days is TermDays.CALENDAR:
            yield (*_PLACE, "held_within"), term.field


@ADMISSION.rule(
    es=(
        "`{word}` no es una respuesta de ese punto",
        "use un punto del orden del día, un campo `choice` y sus opciones",
    ),
    en=("`{word}` is no answer of that item", "use an item of the agenda, a `choice` of it and its options"),
)
def answers_exist(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.answers):
        kind = (case.items or {}).get(rule.item)
        field = kind.field(rule.field) if kind else None
        loc: Loc = ("validity", "answers", index)
        if rule.item not in usable_codes(case.procedure):
            yield loc, rule.item
        elif kind is not None and (field is None or field.kind is not FieldKind.CHOICE):
            yield loc, rule.field
        elif field is not None:
            yield from ((loc, choice) for choice in rule.choices if choice not in field.options)


@ADMISSION.rule(
    es=("la resolución podría ser de una clase que `{word}` no dicta", "añada `answers` con la que la ley le atribuye"),
    en=(
        "the ruling could be of a kind that `{word}` does not give",
        "add `answers` with the kind that the law gives it",
    ),
    law="LJV art. 145.4, LEC art. 206",
)
def rulings_are_of_their_body(case: Case) -> Broken:
    """Where several kinds of bodies may hold what settles something, each has the kind of ruling that is its own."""
    kinds, items = case.procedure.held_by, case.items or {}
    if case.procedure.family is not Family.ADR or len(kinds) < 2:
        return
    for loc, item in case.planned():
        told = [rule for rule in case.procedure.validity.answers if items and rule.item == item.code]
        if item.verb is Verb.RULE:
            yield from ((loc, kind) for kind in kinds if not any(rule.holds(item.code, kind, {}) for rule in told))


def _declared(case: Case) -> AgendaItemType | None:
    admission = case.procedure.validity.admission
    return (case.items or {}).get(admission.item) if admission else None


def _asked(case: Case) -> Iterator[tuple[Loc, str, tuple[str, ...] | None]]:
    """Where a field is asked, its name, and the answers that are named; None of an amount."""
    admission = case.procedure.validity.admission
    for index, told in enumerate(case.procedure.validity.answers):
        yield from _answers(("validity", "answers", index), told.when)
    validity = case.procedure.validity
    for named in ("seats", "places", "outcomes"):
        for index, rule in enumerate(getattr(validity, named)):
            yield from _answers(("validity", named, index), rule.when)
    if admission is None:
        return
    for index, rule in enumerate(admission.excluded):
        yield from _answers((*_PLACE, "excluded", index), rule.when)
        for name in (*rule.at_least, *rule.below):
            yield (*_PLACE, "excluded", index), name, None
    for index, needed in enumerate(admission.needs):
        yield from _answers((*_PLACE, "needs", index), needed.when)


def _answers(loc: Loc, when: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Loc, str, tuple[str, ...] | None]]:
    yield from ((loc, name, choices) for name, choices in when.items())
