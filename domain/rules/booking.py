"""Whether an act may be booked as it is asked for: whom it may be held with from where, and how soon.

Asked before the procedure exists, hence of the request and not of a state. What a type declares is its `eligibility`.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.access.accounts import Account
from domain.calendar import after_working_days
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.procedure.people import Participant
from domain.refusals.booking import (
    BIRTH_DATE_NEEDED,
    BODY_NOT_COMPETENT,
    MINOR_FROM_ELSEWHERE,
    NOT_SERVED_HERE,
    REQUESTED_TOO_LATE,
    SUMMONED_TOO_LATE,
    SUMMONED_WITH_LITTLE_NOTICE,
    TERMS_NOT_YOURS_TO_SHORTEN,
)
from domain.rules.admission import may_be_admitted
from domain.rules.common import right_number
from domain.rules.places import booked_from_where_they_may
from domain.rules.seats import seats_of_request
from domain.rules.terms import held_in_time
from domain.rules.working_time import within_working_time
from domain.types.procedure_type import Eligibility, ProcedureType
from domain.types.territory import COURT, Administration, Office
from domain.types.vocabulary import Side, StaffRole

Rule = Callable[[ProcedureRequested, datetime, Administration], None]


def may_be_booked(
    request: ProcedureRequested,
    at: datetime,
    administration: Administration,
    by: Account | None,
    language: str | None = None,
) -> None:
    """Raises `Refusal` with the code of the rule that forbids it.

    `at` is the instant of the request and `by` the member of staff who makes it; None for a regional system. Terms
    may be shortened by whoever may direct the act, who says why: the reason stays in the request, which the journal
    keeps in that person's name. Nobody shortens anything else. What is refused is told in `language`; None: in that of
    the record.
    """
    kind = request.resolved_type.procedure
    for person in request.participants:
        right_number(person.document_number)
    _competent(request, administration)
    reasons = (request.shortened_terms, request.outside_working_time)
    if reasons != (None, None) and not _directs(by, request):
        raise Refusal(TERMS_NOT_YOURS_TO_SHORTEN, type=kind.id)
    asked_where_one_serves(request, administration, by)
    may_be_admitted(request, language)
    seats_of_request(request, language)
    booked_from_where_they_may(request, administration, language)
    declared = request.declared.values if request.declared else {}
    held_in_time(kind, declared, administration, request.office, at, request.scheduled_at)
    for rule in kind.eligibility:
        if rule not in TERMS or request.shortened_terms is None:
            RULES[rule](request, at, administration)
    if request.outside_working_time is None:
        within_working_time(kind, administration, request.office, request.scheduled_at)


def _competent(request: ProcedureRequested, administration: Administration) -> None:
    kind = request.resolved_type.procedure
    body = next((known for known in administration.bodies if known.id == request.body), None)
    if kind.held_by and body is not None and body.kind is not None and body.kind not in kind.held_by:
        raise Refusal(BODY_NOT_COMPETENT, body=request.body, type=kind.id)


def asked_where_one_serves(request: ProcedureRequested, administration: Administration, by: Account | None) -> None:
    """Staff of a body ask for its acts; a desk for acts that concern its office, of the bodies that the office serves.

    Raises `Refusal('not_served_here')`. A regional system asks for its whole Administration.
    """
    if by is None or (by.has(StaffRole.CLERK, StaffRole.OFFICIAL) and by.body in (None, request.body)):
        return
    concerned = {request.office, *(person.office for person in request.participants)} & set(by.offices)
    serving = [o for o in administration.offices if o.id in concerned and request.body in (o.bodies or (request.body,))]
    if not (by.has(StaffRole.OFFICE) and serving):
        raise Refusal(NOT_SERVED_HERE, body=request.body, office=request.office)


def adults_only_from_office(request: ProcedureRequested, at: datetime, administration: Administration) -> None:
    """Law: LEC art. 137 bis.3; a minor takes part from a judicial office only, never from a municipal one or from home.

    Hence everybody who is to appear from elsewhere says when they were born.
    """
    kind = request.resolved_type.procedure
    offices = {office.id: office for office in administration.offices}
    for person in request.participants:
        office = offices[person.office] if person.office else None
        if kind.role(person.role).side is Side.CITIZEN and (office is None or office.kind != COURT):
            _of_age(person, _day(request.scheduled_at, office or offices[request.office]))


def request_ten_days_before(request: ProcedureRequested, at: datetime, administration: Administration) -> None:
    """Law: LEC art. 137 bis.4; videoconference is asked for ten days before the act, which are working days (133.2)."""
    today, held = _days(request, at, administration)
    public_holidays = administration.public_holidays_at(request.office)
    if held < (earliest := after_working_days(today, 10, public_holidays)):
        raise Refusal(REQUESTED_TOO_LATE, earliest=earliest.isoformat())


def five_days_between_summons_and_act(
    request: ProcedureRequested, at: datetime, administration: Administration
) -> None:
    """Law: LJV art. 142.2; at least five days lie between both, working days (LJV art. 8, LEC art. 133.2)."""
    if earliest := _too_few_days(5, request, at, administration):
        raise Refusal(SUMMONED_TOO_LATE, earliest=earliest.isoformat())


def fifteen_days_between_summons_and_act(
    request: ProcedureRequested, at: datetime, administration: Administration
) -> None:
    """Law: LJV art. 17.3; people are summoned at least fifteen days ahead, which are working days."""
    if earliest := _too_few_days(15, request, at, administration):
        raise Refusal(SUMMONED_WITH_LITTLE_NOTICE, earliest=earliest.isoformat())


def _too_few_days(days: int, request: ProcedureRequested, at: datetime, administration: Administration) -> date | None:
    """The first good day, where the act would be held before so many working days have passed in between.

    The summons is issued as soon as the procedure is asked for: its day is that of the request, and does not count.
    """
    today, held = _days(request, at, administration)
    public_holidays = administration.public_holidays_at(request.office)
    earliest = after_working_days(today + timedelta(days=1), days, public_holidays)
    return earliest if held < earliest else None


RULES: Mapping[Eligibility, Rule] = {
    Eligibility.ADULTS_ONLY_FROM_OFFICE: adults_only_from_office,
    Eligibility.REQUEST_TEN_DAYS_BEFORE: request_ten_days_before,
    Eligibility.FIVE_DAYS_BETWEEN_SUMMONS_AND_ACT: five_days_between_summons_and_act,
    Eligibility.FIFTEEN_DAYS_BETWEEN_SUMMONS_AND_ACT: fifteen_days_between_summons_and_act,
}

TERMS = frozenset(set(RULES) - {Eligibility.ADULTS_ONLY_FROM_OFFICE})
"""Rules that whoever directs the act may shorten, with a reason."""


def is_early(request: ProcedureRequested, at: datetime, administration: Administration) -> bool:
    """True when a term of the law has not passed at the hour of the act: then alone is there something to shorten."""
    try:
        for rule in TERMS.intersection(request.resolved_type.procedure.eligibility):
            RULES[rule](request, at, administration)
    except Refusal:
        return True
    return False


def is_outside_working_time(request: ProcedureRequested, administration: Administration) -> bool:
    """True when the act would be held on a day or at an hour that somebody has to make good."""
    try:
        within_working_time(request.resolved_type.procedure, administration, request.office, request.scheduled_at)
    except Refusal:
        return True
    return False


def directs(by: Account, kind: ProcedureType) -> bool:
    """Whether the roles of the account let that member of staff hold acts of this type."""
    return by.has(*(staff for role in kind.roles if role.hosts for staff in role.account_roles))


def _directs(by: Account | None, request: ProcedureRequested) -> bool:
    return by is not None and directs(by, request.resolved_type.procedure) and by.body in (None, request.body)


def _of_age(person: Participant, on: date) -> None:
    if person.birth_date is None:
        raise Refusal(BIRTH_DATE_NEEDED, participant=person.id, role=person.role)
    if person.is_minor(on):
        raise Refusal(MINOR_FROM_ELSEWHERE, participant=person.id, role=person.role)


def _days(request: ProcedureRequested, at: datetime, administration: Administration) -> tuple[date, date]:
    """Today and the day of the act, where the act is held."""
    office = next(office for office in administration.offices if office.id == request.office)
    return _day(at, office), _day(request.scheduled_at, office)


def _day(at: datetime, office: Office) -> date:
    return at.astimezone(ZoneInfo(office.time_zone)).date()
