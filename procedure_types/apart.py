"""Rules over what a type says of each person alone: points and documents of their own, who is kept apart, a quorum."""

from agenda_types.rules import Broken, RuleBook
from domain.types.document_plan import SignaturePlan
from domain.types.vocabulary import Verb
from procedure_types.lint import Case

APART: RuleBook[Case] = RuleBook()


@APART.rule(
    es=("el punto `{word}` es de cada persona y no dice de qué papel", "añada `role` a esa línea, o quite `each`"),
    en=("item `{word}` is of each person, and no role is named", "add `role` to the line, or remove `each`"),
)
def points_of_each_have_a_role(case: Case) -> Broken:
    for index, line in enumerate(case.procedure.agenda.planned):
        if line.each and line.role is None:
            yield ("agenda", "planned", index, "item"), line.item


@APART.rule(
    es=(
        "`{word}` es de cada persona, y solo puede tratarse una vez",
        "quite `each`, o use un punto que se pueda repetir",
    ),
    en=("`{word}` is of each person, and can be dealt with only once", "remove `each`, or use an item that repeats"),
)
def points_of_each_repeat(case: Case) -> Broken:
    for loc, item in case.planned():
        if case.procedure.agenda.planned[int(loc[2])].each and not item.repeatable:
            yield loc, item.code


@APART.rule(
    es=(
        "cada persona firma lo suyo en `{word}`, que no se escribe de un punto de nadie",
        "use un punto con `each` o con `about`, o quite `each_their_own`",
    ),
    en=(
        "each signs their own `{word}`, which is written from a point of nobody",
        "use an item with `each` or with `about`, or remove `each_their_own`",
    ),
)
def own_documents_are_of_somebody(case: Case) -> Broken:
    for index, plan in enumerate(case.procedure.signatures):
        if plan.each_their_own and case.items and not _of_somebody(case, plan):
            yield ("signatures", index, "document"), plan.document


def _of_somebody(case: Case, plan: SignaturePlan) -> bool:
    document = case.procedure.document(plan.document)
    code = document.from_item if document else None
    item = (case.items or {}).get(code or "")
    each = any(line.each and line.item == code for line in case.procedure.agenda.planned)
    return each or (item is not None and item.about is not None)


@APART.rule(
    es=("`{word}` dirige la sesión: no puede estar aparte", "deje en `apart` a quienes son oídos"),
    en=("`{word}` hosts the session and cannot be kept apart", "leave in `apart` those who are heard"),
)
def hosts_are_not_kept_apart(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.apart):
        yield from ((("validity", "apart", index), role) for role in rule.roles if case.procedure.role(role).hosts)


@APART.rule(
    es=("nadie está aparte de nadie: `{word}` es una sola persona", "suba su `maximum`, o nombre otro papel"),
    en=("nobody is apart from anybody: `{word}` is a single person", "raise its `maximum`, or name another role"),
)
def somebody_is_apart_from_somebody(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.apart):
        if sum(case.procedure.role(role).maximum for role in rule.roles) < 2:
            yield ("validity", "apart", index), rule.roles[0]


@APART.rule(
    es=("`{word}` está aparte y a la vez tiene que estar con quienes no puede", "quite una de las dos líneas"),
    en=("`{word}` is kept apart and has to be with those from whom it is", "remove one of the two lines"),
)
def those_apart_are_not_wanted_together(case: Case) -> Broken:
    for index, presence in enumerate(case.procedure.validity.presence):
        for rule in case.procedure.validity.apart:
            together = [role for role in presence.roles if role in rule.roles]
            if len(together) > 1 and not presence.half:
                yield ("validity", "presence", index), together[1]


@APART.rule(
    es=(
        "nadie dejaría de estar aparte en `{word}`, o nadie lo estaría",
        "ponga en `until` un punto de `planned` con `each: true` y uno de esos papeles",
    ),
    en=(
        "`{word}` would keep nobody apart, or for ever",
        "put into `until` an item of `planned` with `each: true` and one of those roles",
    ),
)
def those_apart_meet_after_their_own_points(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.apart):
        own = {line.item for line in case.procedure.agenda.planned if line.each and line.role in rule.roles}
        if rule.until is not None and rule.until not in own:
            yield ("validity", "apart", index, "until"), rule.until


@APART.rule(
    es=(
        "la mitad de `{word}` es una sola persona, no un quórum",
        "quite `half`, o nombre a quienes forman el órgano",
    ),
    en=("half of `{word}` is a single person, and no quorum", "remove `half`, or name those who form the body"),
)
def a_quorum_is_of_several(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.presence):
        if rule.half and sum(case.procedure.role(role).maximum for role in rule.roles) < 3:
            yield ("validity", "presence", index), rule.roles[0]


@APART.rule(
    es=("se vota (`{word}`) y nada exige quórum", "añada a `presence` una línea con `half: true` para ese punto"),
    en=("there is a vote (`{word}`) and no quorum", "add to `presence` a line with `half: true` for that item"),
    law="Ley 40/2015 art. 17.2",
)
def votes_have_their_quorum(case: Case) -> Broken:
    for loc, item in case.planned():
        rules = [rule for rule in case.procedure.validity.presence if rule.half]
        if item.verb is Verb.VOTE and not any(not rule.items or item.code in rule.items for rule in rules):
            yield loc, item.code
