"""Rules over the terms of a procedure type: each says which days it counts, and counts those of its law."""

from datetime import timedelta

from agenda_types.rules import Broken, RuleBook
from domain.types.procedure_type import DeadlineStart
from domain.types.vocabulary import TermDays
from procedure_types.lint import Case

DEADLINES: RuleBook[Case] = RuleBook()

_DAY = timedelta(days=1)
_OF_COURTS = ("LEC ", "LECrim ", "LJV ", "LOPJ ", "LRJS ", "LJCA ")
_OF_ADMINISTRATIONS = ("Ley 39/2015 ", "Ley 40/2015 ")


@DEADLINES.rule(
    es=(
        "el plazo `{word}` no dice qué días cuenta",
        "añada `days`: `court` u `office` (hábiles) o `calendar` (naturales)",
    ),
    en=(
        "the term `{word}` does not say which days it counts",
        "add `days`: `court` or `office` (working days) or `calendar`",
    ),
)
def terms_say_which_days_they_count(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        if term.length >= _DAY and term.days is None:
            yield ("deadlines", index, "rule"), term.rule


@DEADLINES.rule(
    es=("un plazo procesal (`{word}`) contaría días inhábiles", "use `days: court`"),
    en=("a procedural term (`{word}`) would count days that are no working days", "use `days: court`"),
    law="LEC art. 133.2",
)
def procedural_terms_count_court_days(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        procedural = term.legal_basis is not None and term.legal_basis.startswith(_OF_COURTS)
        if procedural and term.days in (TermDays.CALENDAR, TermDays.OFFICE):
            yield ("deadlines", index, "days"), term.rule


@DEADLINES.rule(
    es=("un plazo administrativo (`{word}`) no se cuenta en días hábiles de oficina", "use `days: office`"),
    en=("an administrative term (`{word}`) is not counted in office days", "use `days: office`"),
    law="Ley 39/2015 art. 30.2",
)
def administrative_terms_count_office_days(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        administrative = term.legal_basis is not None and term.legal_basis.startswith(_OF_ADMINISTRATIONS)
        if administrative and term.days in (TermDays.CALENDAR, TermDays.COURT):
            yield ("deadlines", index, "days"), term.rule


@DEADLINES.rule(
    es=("los días hábiles de `{word}` no son días enteros", "use una duración como `P5D`, o quite `days`"),
    en=("the working days of `{word}` are no whole days", "use a length such as `P5D`, or remove `days`"),
    law="LEC art. 133.1",
)
def working_days_are_whole(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        if term.in_working_days and (term.length < _DAY or term.length % _DAY):
            yield ("deadlines", index, "length"), term.rule


@DEADLINES.rule(
    es=(
        "`{word}` contaría en días hábiles la espera de un acto señalado a una hora",
        "use minutos u horas, sin `days`; los días hábiles son de los actos interrumpidos",
    ),
    en=(
        "`{word}` would count in working days how long an act that has its hour is waited for",
        "use minutes or hours, without `days`; working days are for acts that were interrupted",
    ),
)
def working_days_are_of_interrupted_acts(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        if term.in_working_days and term.start is not DeadlineStart.INTERRUPTED:
            yield ("deadlines", index, "start"), term.rule


@DEADLINES.rule(
    es=(
        "`{word}` cuenta otros días hábiles que los de `working_time`",
        "use en ambos `court`, o en ambos `office`",
    ),
    en=("`{word}` counts other working days than those of `working_time`", "use `court` in both, or `office` in both"),
    law="LOPJ arts. 182 y 183",
)
def terms_count_the_days_of_the_body(case: Case) -> Broken:
    held = case.procedure.working_time
    for index, term in enumerate(case.procedure.deadlines):
        if held is not None and term.days is not None and term.in_working_days and term.days.value != held.value:
            yield ("deadlines", index, "days"), term.rule


@DEADLINES.rule(
    es=(
        "`{word}` limita la nueva fecha y no dice hasta qué día hábil, o por qué ley",
        "use `start: interrupted`, `days: court` u `office`, y `legal_basis`",
    ),
    en=(
        "`{word}` bounds the new date, and does not say up to which working day, or by which law",
        "use `start: interrupted`, `days: court` or `office`, and `legal_basis`",
    ),
)
def bounds_of_new_dates_are_of_the_law(case: Case) -> Broken:
    for index, term in enumerate(case.procedure.deadlines):
        said = term.in_working_days and term.start is DeadlineStart.INTERRUPTED and term.legal_basis
        if term.bounds_new_date and not said:
            yield ("deadlines", index, "bounds_new_date"), term.rule
