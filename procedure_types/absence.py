"""Rules over what a procedure type says of absence: everybody who is summoned is named, once, with what follows."""

from agenda_types.rules import Broken, RuleBook
from domain.types.absence import AbsenceEffect
from domain.types.procedure_type import ExpiryAction
from domain.types.vocabulary import Side
from procedure_types.lint import Case

ABSENCE: RuleBook[Case] = RuleBook()


@ABSENCE.rule(
    es=(
        "vence el plazo de comparecencia y nadie dice qué pasa si falta `{word}`",
        "nombre ese papel en una línea de `absence`",
    ),
    en=("the term for appearing passes and nothing says what follows if `{word}` is missing", "name it in `absence`"),
)
def absence_of_everybody_means_something(case: Case) -> Broken:
    if not _ends_waiting(case):
        return
    named = {role for rule in case.procedure.absence for role in rule.roles}
    for index, role in enumerate(case.procedure.roles):
        if role.side is not Side.AUTHORITY and role.code not in named:
            yield ("roles", index, "code"), role.code


@ABSENCE.rule(
    es=("`{word}` está en dos líneas de `absence`", "deje una: solo contaría la primera"),
    en=("`{word}` stands in two lines of `absence`", "keep one: only the first would count"),
)
def absence_is_said_once(case: Case) -> Broken:
    seen: set[str] = set()
    for index, rule in enumerate(case.procedure.absence):
        for role in rule.roles:
            if role in seen:
                yield ("absence", index, "roles"), role
            seen.add(role)


@ABSENCE.rule(
    es=("`{word}` es de la autoridad: su ausencia no la juzga un plazo", "quítelo de `absence`"),
    en=("`{word}` is of the authority: no term judges its absence", "remove it from `absence`"),
)
def absence_is_of_those_who_are_summoned(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.absence):
        for role in rule.roles:
            if case.side(role) is Side.AUTHORITY:
                yield ("absence", index, "roles"), role


@ABSENCE.rule(
    es=("la línea de `absence` no encaja: `{word}`", "`cancel` lleva `reason`, y solo `cancel`"),
    en=("the line of `absence` does not fit: `{word}`", "`cancel` has a `reason`, and nothing else has"),
)
def cancellation_has_a_reason(case: Case) -> Broken:
    for index, rule in enumerate(case.procedure.absence):
        if (rule.effect is AbsenceEffect.CANCEL) != (rule.reason is not None):
            yield ("absence", index, "effect"), rule.effect


@ABSENCE.rule(
    es=("`absence` no llega a aplicarse: `{word}`", "declare un plazo con `on_expiry: no_show`, o quite `absence`"),
    en=("`absence` never applies: `{word}`", "declare a deadline with `on_expiry: no_show`, or remove `absence`"),
)
def absence_has_its_term(case: Case) -> Broken:
    if case.procedure.absence and not _ends_waiting(case):
        yield ("absence",), case.procedure.absence[0].effect


def _ends_waiting(case: Case) -> bool:
    return any(deadline.on_expiry is ExpiryAction.NO_SHOW for deadline in case.procedure.deadlines)
