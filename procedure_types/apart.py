"""Rules over what a type says of each person alone: items and documents of their own, who is kept apart, a quorum."""

from agenda_types.rules import Broken, RuleBook
from domain.types.document_plan import SignaturePlan
from domain.types.vocabulary import Verb
from procedure_types.lint import Case, usable_codes

APART: RuleBook[Case] = RuleBook()

INTERPRETER = "interpreter"
"""The code of whoever interprets, in every type."""


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
        "each signs their own `{word}`, which is written from an item of nobody",
        "use an item with `each` or with `about`, or remove `each_their_own`",
    ),
)
def own_documents_are_of_somebody(case: Case) -> Broken:
    for index, plan in enumerate(case.procedure.signatures):
        if plan.each_their_own and case.items and not _of_somebody(case, plan):
            yield ("signatures", index, "document"), plan.document


@APART.rule(
    es=("`{word}` no es de cada persona: nada queda a medias", "use un punto con `each: true`, o `without`"),
    en=("`{word}` is of no person alone: nothing is left half done", "use an item with `each: true`, or `without`"),
)
def what_not_all_have_done_is_of_each(case: Case) -> Broken:
    own = {line.item for line in case.procedure.agenda.planned if line.each}
    for index, rule in enumerate(case.procedure.validity.outcomes):
        yield from ((("validity", "outcomes", index), code) for code in rule.not_all if code not in own)


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
        "nadie podría tomar juramento a `{word}`",
        "añada a `planned` o a `allowed` un punto en que se jure (A08, A19), y ese papel a `roles`",
    ),
    en=(
        "nobody could take the oath of `{word}`",
        "add to `planned` or `allowed` an item in which people swear (A08, A19), and the role to `roles`",
    ),
)
def oaths_can_be_taken(case: Case) -> Broken:
    items = case.items or {}
    swearing = {code for code in usable_codes(case.procedure) if code in items and items[code].verb is Verb.SWEAR}
    own = {line.item for line in case.procedure.agenda.planned if line.item in swearing and line.role}
    for index, rule in enumerate(case.procedure.validity.sworn):
        for role in rule.roles if items else ():
            planned = any(line.item in swearing and line.role == role for line in case.procedure.agenda.planned)
            if not planned and not swearing - own:
                yield ("validity", "sworn", index), role


@APART.rule(
    es=(
        "el juramento se exige para `{word}`, que no está en el orden del día",
        "use un punto de `planned` o `allowed`",
    ),
    en=("the oath is wanted for `{word}`, which is not on the agenda", "use an item of `planned` or `allowed`"),
)
def oaths_are_wanted_for_items_of_the_agenda(case: Case) -> Broken:
    usable = set(usable_codes(case.procedure))
    for index, rule in enumerate(case.procedure.validity.sworn):
        yield from ((("validity", "sworn", index), code) for code in rule.items if code not in usable)


@APART.rule(
    es=(
        "se nombra intérprete (`{word}`) y nada le exige jurar antes de intervenir",
        "añada a `validity.sworn` el papel de intérprete, con los puntos en que interviene",
    ),
    en=(
        "an interpreter is appointed (`{word}`), and nothing wants the oath before they take part",
        "add the role of the interpreter to `validity.sworn`, with the items in which they take part",
    ),
    law="LEC art. 143.1",
)
def interpreters_swear_before_they_interpret(case: Case) -> Broken:
    hears = {item.code for _, item in case.planned() if item.verb in (Verb.EXAMINE, Verb.HEAR, Verb.DECLARE)}
    wanted = {role for rule in case.procedure.validity.sworn for role in rule.roles}
    for index, role in enumerate(case.procedure.roles):
        if role.code == INTERPRETER and hears and role.code not in wanted:
            yield ("roles", index, "code"), role.code


@APART.rule(
    es=(
        "`{word}` interpreta y no firma nada de lo que se dice por su medio",
        "añada su papel a `signers` en el documento de lo declarado",
    ),
    en=(
        "`{word}` interprets and signs nothing of what is said through them",
        "add their role to the `signers` of the document of what was said",
    ),
    law="LEC art. 143.1",
)
def interpreters_sign_what_they_interpret(case: Case) -> Broken:
    signs = {signer for plan in case.procedure.signatures for signer in plan.signers}
    for index, role in enumerate(case.procedure.roles):
        if role.code == INTERPRETER and role.code not in signs:
            yield ("roles", index, "code"), role.code


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
