"""Rules of sense over procedure types: nothing is planned that could never be done, ended or reached."""

import re
from collections.abc import Sequence

from agenda_types.rules import Broken, RuleBook
from agenda_types.source import Loc
from domain.types.document_plan import WrittenWhen
from domain.types.item_type import Requirement
from domain.types.vocabulary import DocumentSource, MailContent, Side, Verb
from procedure_types.lint import Case, identity_rules, usable_codes

SENSE: RuleBook[Case] = RuleBook()

_PROVIDERS = {
    Requirement.OATH_TAKEN: (Verb.SWEAR,),
    Requirement.SETTLEMENT_RECORDED: (Verb.SETTLE,),
    Requirement.OUTCOME_RECORDED: (Verb.SETTLE, Verb.FAIL_TO_SETTLE, Verb.RULE),
}
"""Which items make a requirement hold; the others hold by what people do outside the agenda."""


@SENSE.rule(
    es=("no existe el punto `{word}`", "use el código de uno de los tipos de punto disponibles"),
    en=("there is no item `{word}`", "use the code of an item type that exists"),
)
def items_exist(case: Case) -> Broken:
    if case.items is None:
        return
    agenda = case.procedure.agenda
    for index, line in enumerate(agenda.planned):
        if line.item not in case.items:
            yield ("agenda", "planned", index, "item"), line.item
    for index, code in enumerate(agenda.allowed):
        if code not in case.items:
            yield ("agenda", "allowed", index), code


@SENSE.rule(
    es=("el punto `{word}` solo puede estar una vez", "quite la línea repetida"),
    en=("item `{word}` may stand only once", "remove the repeated line"),
)
def single_items_stand_once(case: Case) -> Broken:
    seen = set()
    for loc, item in case.planned():
        if item.code in seen and not item.repeatable:
            yield loc, item.code
        seen.add(item.code)


@SENSE.rule(
    es=("`{word}` exige algo que ningún punto anterior da", "planifique antes el punto que lo cumple"),
    en=("`{word}` requires what no earlier item gives", "plan the item that gives it before this one"),
)
def requirements_can_be_met(case: Case) -> Broken:
    done: set[Verb] = set()
    for loc, item in case.planned():
        for requirement in item.requires:
            if requirement in _PROVIDERS and not done & set(_PROVIDERS[requirement]):
                yield loc, item.code
        done.add(item.verb)


@SENSE.rule(
    es=("`{word}` no asiste a ciudadanos", "solo una abogada o abogado habla en reservado con quien asiste"),
    en=("`{word}` assists no citizens", "only a lawyer talks in private with those they assist"),
)
def lawyers_confer_with_citizens(case: Case) -> Broken:
    for index, role in enumerate(case.procedure.roles):
        wrong = role.confers_with and role.side is not Side.PROFESSIONAL
        if wrong or any(case.side(code) is not Side.CITIZEN for code in role.confers_with):
            yield ("roles", index, "confers_with"), role.code


@SENSE.rule(
    es=("`{word}` está declarado dos veces", "cambie uno de los dos códigos"),
    en=("`{word}` is declared twice", "change one of the two codes"),
)
def codes_differ(case: Case) -> Broken:
    yield from _repeated("roles", [role.code for role in case.procedure.roles])
    yield from _repeated("documents", [document.code for document in case.procedure.documents])


@SENSE.rule(
    es=("el mínimo de `{word}` es mayor que su máximo", "corrija `minimum` o `maximum`"),
    en=("the minimum of `{word}` is above its maximum", "correct `minimum` or `maximum`"),
)
def minimum_is_within_maximum(case: Case) -> Broken:
    for index, role in enumerate(case.procedure.roles):
        if role.minimum > role.maximum:
            yield ("roles", index, "minimum"), role.code


@SENSE.rule(
    es=(
        "las cuentas de `{word}` no corresponden a su lado",
        "`account_roles` es de la autoridad, y ella lo necesita",
    ),
    en=(
        "the accounts of `{word}` do not fit its side",
        "`account_roles` is for the authority's side, which needs it",
    ),
)
def accounts_play_the_authority(case: Case) -> Broken:
    for index, role in enumerate(case.procedure.roles):
        if (role.side is Side.AUTHORITY) != bool(role.account_roles):
            yield ("roles", index, "account_roles"), role.code


@SENSE.rule(
    es=(
        "`{word}` dirige la sesión o aprueba el acta sin ser de la autoridad",
        "déselo a un papel con `side: authority`",
    ),
    en=(
        "`{word}` hosts or approves without being the authority",
        "give that to a role with `side: authority`",
    ),
)
def the_authority_hosts_and_approves(case: Case) -> Broken:
    for index, role in enumerate(case.procedure.roles):
        if role.hosts and role.side is not Side.AUTHORITY:
            yield ("roles", index, "hosts"), role.code
    if case.side(case.procedure.minutes.approver) is not Side.AUTHORITY:
        yield ("minutes", "approver"), case.procedure.minutes.approver


@SENSE.rule(
    es=(
        "ningún mecanismo permitido alcanza el nivel `{word}`",
        "baje `minimum` o añada un mecanismo que llegue",
    ),
    en=("no allowed mechanism reaches level `{word}`", "lower `minimum` or add a mechanism that reaches it"),
)
def assurance_can_be_reached(case: Case) -> Broken:
    ranks = {code: known.assurance.rank for code, known in case.mechanisms.items()}
    for loc, rule in identity_rules(case.procedure):
        # Whatever is chosen instead: the least that each place is filled with.
        chosen = [[ranks[code] for code in rule.choices(method) if code in ranks] for method in rule.methods]
        reached = [min(place) for place in chosen if place]
        if reached and max(reached) < rule.minimum.rank:
            yield (*loc, "minimum"), rule.minimum


@SENSE.rule(
    es=(
        "`instead` sustituye a `{word}`, que no está en `methods`, o lo sustituye por sí mismo",
        "sustituya uno de `methods` por otros que no estén en `methods`",
    ),
    en=(
        "`instead` replaces `{word}`, which is not among `methods`, or replaces it by one that is",
        "replace one of `methods` by others that are not among `methods`",
    ),
)
def instead_of_a_mechanism_that_is_asked_for(case: Case) -> Broken:
    for loc, rule in identity_rules(case.procedure):
        for method, others in rule.instead.items():
            if method not in rule.methods or set(others) & set(rule.methods):
                yield (*loc, "instead"), method


@SENSE.rule(
    es=(
        "`{word}` es de la autoridad: se identifica con su cuenta, y no en el acto",
        "ponga en `identity.roles` papeles de quienes son citados",
    ),
    en=(
        "`{word}` is of the authority: an account identifies them, and not the act",
        "put into `identity.roles` roles of those who are summoned",
    ),
)
def those_who_are_summoned_are_identified(case: Case) -> Broken:
    for role in case.procedure.identity.roles:
        if case.side(role) is Side.AUTHORITY:
            yield ("identity", "roles", role), role


@SENSE.rule(
    es=(
        "la plantilla o el punto de `{word}` faltan o sobran",
        "solo `generated` lleva `template` y `from_item`",
    ),
    en=("the template or item of `{word}` is amiss", "only `generated` has `template` and `from_item`, both"),
)
def generated_documents_have_a_source(case: Case) -> Broken:
    for index, document in enumerate(case.procedure.documents):
        generated = document.source is DocumentSource.GENERATED
        when = document.written_when
        templated = generated and when is not WrittenWhen.OPENED
        sourced = generated and when is not WrittenWhen.UNSIGNED
        if templated != bool(document.template) or sourced != bool(document.from_item):
            yield ("documents", index), document.code


@SENSE.rule(
    es=(
        "`{word}` no es el nombre de una plantilla",
        "use solo letras minúsculas, cifras y `_`, sin carpetas",
    ),
    en=("`{word}` is not the name of a template", "use small letters, digits and `_` only, no folders"),
)
def templates_are_plain_names(case: Case) -> Broken:
    """A name with `/` or `..` would read a file that is no template."""
    named: list[tuple[Loc, str | None]] = [(("minutes", "template"), case.procedure.minutes.template)]
    named += [(("documents", index, "template"), plan.template) for index, plan in enumerate(case.procedure.documents)]
    for loc, name in named:
        if name is not None and not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name):
            yield loc, name


@SENSE.rule(
    es=(
        "el punto `{word}`, que produce el documento, no está en el orden del día",
        "añádalo a `planned` o a `allowed`",
    ),
    en=(
        "item `{word}`, which produces the document, is not on the agenda",
        "add it to `planned` or `allowed`",
    ),
)
def documents_come_from_the_agenda(case: Case) -> Broken:
    usable = set(usable_codes(case.procedure))
    for index, document in enumerate(case.procedure.documents):
        if document.from_item and document.from_item not in usable:
            yield ("documents", index, "from_item"), document.from_item


@SENSE.rule(
    es=(
        "el correo (`{word}`) y sus destinatarios no concuerdan",
        "con `none` no hay `mail_to`; con lo demás hace falta",
    ),
    en=(
        "the mail (`{word}`) and its recipients do not agree",
        "with `none` there is no `mail_to`; otherwise it is needed",
    ),
)
def mail_has_recipients(case: Case) -> Broken:
    minutes = case.procedure.minutes
    if (minutes.mail is MailContent.NONE) == bool(minutes.mail_to):
        yield ("minutes", "mail"), minutes.mail


@SENSE.rule(
    es=("`{word}` no tiene la forma de un código", "use letras minúsculas, cifras y `_`"),
    en=("`{word}` does not have the form of a code", "use small letters, digits and `_`"),
)
def outcomes_are_codes(case: Case) -> Broken:
    for code in case.procedure.outcomes:
        if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", code):
            yield ("outcomes", code), code


def _repeated(group: str, codes: Sequence[str]) -> Broken:
    yield from (((group, at, "code"), code) for at, code in enumerate(codes) if code in codes[:at])
