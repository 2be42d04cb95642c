"""Rules over what a type says of validity: it can be kept, it is complete, and no void end is left open."""

from datetime import timedelta

from agenda_types.rules import Broken, RuleBook
from agenda_types.source import Loc
from domain.types.document_plan import WrittenWhen
from domain.types.procedure_type import MINUTES
from domain.types.vocabulary import Family, Side, StaffRole, Verb
from procedure_types.lint import Case, usable_codes

VALIDITY: RuleBook[Case] = RuleBook()

_SPEAKING = (Verb.SWEAR, Verb.HEAR, Verb.EXAMINE, Verb.SETTLE, Verb.DECLARE)
_MAY_HOST = {StaffRole.CLERK, StaffRole.OFFICIAL}


@VALIDITY.rule(
    es=(
        "`validity` nombra el punto `{word}`, que no está en el orden del día",
        "use un punto de `planned` o `allowed`",
    ),
    en=("`validity` names item `{word}`, which is not on the agenda", "use an item of `planned` or `allowed`"),
)
def validity_names_items_of_the_agenda(case: Case) -> Broken:
    usable, validity = set(usable_codes(case.procedure)), case.procedure.validity
    named: list[tuple[Loc, tuple[str, ...]]] = []
    named += [(("validity", "presence", n, "items"), rule.items) for n, rule in enumerate(validity.presence)]
    named += [(("validity", "order", n), (rule.first, *rule.then)) for n, rule in enumerate(validity.order)]
    named += [(("validity", "outcomes", n), (*rule.done, *rule.contrary)) for n, rule in enumerate(validity.outcomes)]
    for loc, codes in named:
        yield from ((loc, code) for code in codes if code not in usable)


@VALIDITY.rule(
    es=("una vista sin quien la presida (`{word}`)", "declare `validity.presides` con el papel que la preside"),
    en=("a hearing that nobody presides (`{word}`)", "declare `validity.presides` with the role that does"),
    law="LEC art. 137",
)
def hearings_are_presided(case: Case) -> Broken:
    if case.procedure.family is Family.HEARING and case.procedure.validity.presides is None:
        yield ("family",), case.procedure.family


@VALIDITY.rule(
    es=("`{word}` preside y podría faltar", "añada una línea de `presence` con ese papel y sin `items`"),
    en=("`{word}` presides and could be absent", "add a line to `presence` with that role and without `items`"),
    law="LEC art. 137",
)
def whoever_presides_is_there(case: Case) -> Broken:
    presides = case.procedure.validity.presides
    throughout = {role for rule in case.procedure.validity.presence if not rule.items for role in rule.roles}
    if presides and presides.role not in throughout:
        yield ("validity", "presides"), presides.role


@VALIDITY.rule(
    es=("`{word}` preside sin dirigir la sesión, o puede no haber nadie", "déle `hosts: true`, y un mínimo de uno"),
    en=("`{word}` presides and does not host, or there may be nobody", "give it `hosts: true`, and a minimum of one"),
)
def whoever_presides_hosts(case: Case) -> Broken:
    presides = case.procedure.validity.presides
    if presides:
        role = case.procedure.role(presides.role)
        if not role.hosts or role.minimum < 1:
            yield ("validity", "presides"), presides.role


@VALIDITY.rule(
    es=("dirige la sesión una cuenta de `{word}`", "use `clerk` u `official` en `account_roles`"),
    en=("an account of `{word}` would host the session", "use `clerk` or `official` in `account_roles`"),
    law="LOPJ art. 439 quater",
)
def hosts_are_of_the_body(case: Case) -> Broken:
    """Whoever helps at an office, administers or audits holds no act."""
    for index, role in enumerate(case.procedure.roles):
        for account in role.account_roles:
            if role.hosts and account not in _MAY_HOST:
                yield ("roles", index, "account_roles"), account


@VALIDITY.rule(
    es=("la resolución (`{word}`) no sería de quien preside", "ponga en ese punto el papel que preside"),
    en=("the ruling (`{word}`) would not be of whoever presides", "give that item the role that presides"),
    law="LEC art. 210",
)
def rulings_are_of_whoever_presides(case: Case) -> Broken:
    presides = case.procedure.validity.presides
    for loc, item in case.planned():
        line = case.procedure.agenda.planned[int(loc[2])]
        if item.verb is Verb.RULE and presides and line.role not in (None, presides.role):
            yield loc, line.role


@VALIDITY.rule(
    es=(
        "el punto `{word}` es obligatorio y a la vez optativo, o no dice por qué",
        "quite `optional` y cite `legal_basis`",
    ),
    en=("item `{word}` is required and optional, or does not say why", "remove `optional` and name its `legal_basis`"),
)
def required_items_say_why(case: Case) -> Broken:
    for index, line in enumerate(case.procedure.agenda.planned):
        if line.required and (line.optional or not line.legal_basis):
            yield ("agenda", "planned", index, "item"), line.item


@VALIDITY.rule(
    es=("`{word}` se trataría antes de identificar a quien habla", "planifique antes la identificación (A02)"),
    en=("`{word}` would come before whoever speaks is identified", "plan the identification (A02) before it"),
    law="RDL 6/2023 art. 60",
)
def people_are_identified_before_speaking(case: Case) -> Broken:
    identified = case.first(Verb.IDENTIFY)
    for index, (loc, item) in enumerate(case.planned()):
        if item.verb in _SPEAKING and identified is not None and identified > index:
            yield loc, item.code


@VALIDITY.rule(
    es=("el orden exige tratar `{word}` antes que lo que el plan pone delante", "ponga en `planned` el mismo orden"),
    en=("the order wants `{word}` before what the plan puts first", "give `planned` the same order"),
)
def order_fits_the_plan(case: Case) -> Broken:
    planned = [line.item for line in case.procedure.agenda.planned]
    for index, rule in enumerate(case.procedure.validity.order):
        later = [planned.index(code) for code in rule.then if code in planned]
        if rule.first in rule.then or (rule.first in planned and any(at < planned.index(rule.first) for at in later)):
            yield ("validity", "order", index), rule.first


@VALIDITY.rule(
    es=("el acuerdo (`{word}`) podría darse por hecho sin firmarlo", "añada un resultado con `done` y `signed`"),
    en=("the agreement (`{word}`) could count as made and unsigned", "add an outcome with `done` and `signed`"),
    law="LJV art. 145.3",
)  # fmt: skip
def agreements_are_signed(case: Case) -> Broken:
    tied = {code for rule in case.procedure.validity.outcomes if rule.signed for code in rule.done}
    for loc, item in case.planned():
        if item.verb is Verb.SETTLE and item.code not in tied:
            yield loc, item.code


@VALIDITY.rule(
    es=("el resultado exige la firma de `{word}`, que no firmaría", "añada su papel a la línea de `signatures`"),
    en=("the outcome needs the signature of `{word}`, who would not sign", "add the role to the line of `signatures`"),
    law="LJV art. 145.3",
)
def those_bound_by_an_outcome_sign(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.outcomes):
        for document in rule.signed:
            signing = {s for plan in case.procedure.signatures if plan.document == document for s in plan.signers}
            if _is_ruling(case, document, signing):
                continue
            bound = [role for role in rule.appeared if case.side(role) is Side.CITIZEN]
            yield from ((("validity", "outcomes", index), role) for role in bound if role not in signing)


def _is_ruling(case: Case, document: str, signing: set[str]) -> bool:
    """Whoever rules signs it, and nobody who is bound by it; what commits people is no ruling."""
    plan = case.procedure.document(document)
    commits = plan is not None and bool(plan.commits_to)
    return bool(signing) and not commits and all(case.side(signer) is Side.AUTHORITY for signer in signing)


@VALIDITY.rule(
    es=(
        "se aprueba el acta (`{word}`) sin un borrador que leer",
        "añada a `documents` uno con ese `from_item` y `written_when: opened`",
    ),
    en=(
        "the minutes are approved (`{word}`) without a draft to read",
        "add to `documents` one with that `from_item` and `written_when: opened`",
    ),
    law="LJV art. 145.3",
)
def minutes_are_read_before_they_are_approved(case: Case) -> Broken:
    planned, allowed = case.procedure.agenda.planned, case.procedure.agenda.allowed
    usable: list[tuple[Loc, str]] = [(("agenda", "planned", n, "item"), line.item) for n, line in enumerate(planned)]
    usable += [(("agenda", "allowed", n), code) for n, code in enumerate(allowed)]
    for loc, code in usable:
        item = (case.items or {}).get(code)
        if item and item.verb is Verb.APPROVE_MINUTES and not case.procedure.written(WrittenWhen.OPENED, code):
            yield loc, code


@VALIDITY.rule(
    es=(
        "`{word}` firma el acta, y nada diría por qué no la firma",
        "añada a `documents` uno con `written_when: unsigned`, y la firma de quien la aprueba",
    ),
    en=(
        "`{word}` signs the minutes, and nothing would say why they do not",
        "add to `documents` one with `written_when: unsigned`, and the signature of their approver",
    ),
    law="LEC art. 145.1",
)
def missing_signatures_are_told(case: Case) -> Broken:
    notes = case.procedure.written(WrittenWhen.UNSIGNED)
    told = any(case.procedure.signature(note.code, case.procedure.minutes.approver) for note in notes)
    for index, plan in enumerate(case.procedure.signatures):
        for place, signer in enumerate(plan.signers):
            if plan.document == MINUTES and signer != "body" and case.side(signer) is not Side.AUTHORITY and not told:
                yield ("signatures", index, "signers", place), signer


@VALIDITY.rule(
    es=("el resultado exige tratar `{word}` y también no tratarlo", "déjelo en `done` o en `without`"),
    en=("the outcome wants `{word}` done and not done", "leave it in `done` or in `without`"),
)
def outcomes_do_not_contradict_themselves(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.validity.outcomes):
        yield from ((("validity", "outcomes", index), code) for code in rule.done if code in rule.contrary)


@VALIDITY.rule(
    es=(
        "exime de identificarse `{word}`, que no es de la autoridad",
        "ponga en `waiver_role` un papel de la autoridad",
    ),
    en=("`{word}` would waive identities without being the authority", "put a role of the authority in `waiver_role`"),
    law="RDL 6/2023 art. 60",
)
def the_authority_waives(case: Case) -> Broken:
    waiver = case.procedure.identity.waiver_role
    if waiver and case.side(waiver) is not Side.AUTHORITY:
        yield ("identity", "waiver_role"), waiver


@VALIDITY.rule(
    es=(
        "`{word}` no es un plazo: no pasa tiempo, o pasa de diez minutos",
        "use desde PT1S; para la identidad, hasta PT10M",
    ),
    en=(
        "`{word}` is no term: no time passes, or more than ten minutes",
        "use PT1S or more; for identity, PT10M at most",
    ),
)
def lengths_of_time_make_sense(case: Case) -> Broken:
    lapse = case.procedure.identity.lapse_after
    if not timedelta() < lapse <= timedelta(minutes=10):
        yield ("identity", "lapse_after"), lapse
    lasts = case.procedure.lasts
    if lasts is not None and lasts <= timedelta():
        yield ("lasts",), lasts
    for index, deadline in enumerate(case.procedure.deadlines):
        if deadline.length <= timedelta():
            yield ("deadlines", index, "length"), deadline.length
