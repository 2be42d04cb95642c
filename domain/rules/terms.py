"""Until when a term of days runs, in the place where the act is held.

Law: LEC art. 133, LOPJ art. 185 and Ley 39/2015 art. 30; the day on which a term begins does not count, those that are
no working days are left out, and the last one counts to its end.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import is_office_day, is_working
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.procedure.state import Procedure
from domain.refusals.booking import ADMITTED_LATER, HELD_TOO_LATE, NEW_DATE_TOO_LATE
from domain.rules.admission import declared_now
from domain.types.procedure_type import ProcedureType
from domain.types.territory import Administration
from domain.types.vocabulary import InterruptionCause, TermDays

Counts = Callable[[date, Collection[date]], bool]

_COUNTS: dict[TermDays, Counts] = {TermDays.COURT: is_working, TermDays.OFFICE: is_office_day}


class Reckoned(NamedTuple):
    """The end of a term, and what it was reckoned from."""

    last_day: date
    due_at: datetime
    """When that day is over."""
    left_out: tuple[date, ...]
    """Weekdays in between that did not count."""


def places(procedure: Procedure, days: TermDays) -> tuple[OfficeId, ...]:
    """The offices whose public holidays are left out of a term of the procedure.

    Law: LOPJ art. 182.1, courts keep those of their own place; Ley 39/2015 art. 30.6, a day that is none where the
    person is or where the body is counts for neither.
    """
    elsewhere = [person.office for person in procedure.participants if person.office and days is TermDays.OFFICE]
    return tuple(dict.fromkeys((procedure.office, *elsewhere)))


def reckon(
    begins: datetime, length: int, days: TermDays, administration: Administration, offices: Sequence[OfficeId]
) -> Reckoned:
    """`length` working days after `begins`, in the time of the first of `offices`, with the public holidays of all.

    `days` is `court` or `office`. The last day is a working one: there is nothing to put off (LEC art. 133.4).
    """
    zone = ZoneInfo(administration.time_zone(offices[0]))
    holidays = frozenset[date]().union(*map(administration.public_holidays_at, offices))
    day, left_out = begins.astimezone(zone).date(), []
    while length:
        day += timedelta(days=1)
        if _COUNTS[days](day, holidays):
            length -= 1
        elif day.weekday() < 5:
            left_out.append(day)
    return Reckoned(day, datetime.combine(day + timedelta(days=1), time(), zone), tuple(left_out))


def within_its_term(procedure: Procedure, administration: Administration, decided_at: datetime, at: datetime) -> None:
    """Raises `Refusal('new_date_too_late')` where the type bounds the new date of an act that somebody missed.

    Law: LJV art. 144.4; whoever had just cause gets another day within the five that follow the decision to suspend.
    """
    stopped = procedure.interruption
    if stopped is None and procedure.session_began_at is None:
        held_in_time(
            procedure.type.procedure, declared_now(procedure), administration, procedure.office, decided_at, at
        )
    if stopped is None or stopped.cause is not InterruptionCause.ABSENCE:
        return
    for term in procedure.type.procedure.deadlines:
        if term.bounds_new_date and term.in_working_days and term.days:
            offices = places(procedure, term.days)
            found = reckon(decided_at, term.length.days, term.days, administration, offices)
            if at >= found.due_at:
                law = term.legal_basis or ""
                raise Refusal(NEW_DATE_TOO_LATE, latest=found.last_day.isoformat(), law=law)


def held_in_time(
    kind: ProcedureType,
    declared: Mapping[str, Any],
    administration: Administration,
    office: OfficeId,
    asked_at: datetime,
    at: datetime,
) -> None:
    """Raises `Refusal('held_too_late')`, or `Refusal('admitted_later')` for a day that is still to come.

    Law: LJV arts. 142.2 and 18.1; from the admission on, where whoever asks for the act declares its day.
    """
    term = kind.validity.admission.held_within if kind.validity.admission else None
    day = declared.get(term.field) if term else None
    if term is None or day is None:
        return
    zone = ZoneInfo(administration.time_zone(office))
    admitted = datetime.combine(date.fromisoformat(day), time(), zone)
    if admitted > asked_at:
        raise Refusal(ADMITTED_LATER, field=term.field, law=term.legal_basis)
    found = reckon(admitted, term.length.days, term.days, administration, (office,))
    if at >= found.due_at:
        raise Refusal(HELD_TOO_LATE, latest=found.last_day.isoformat(), law=term.legal_basis)
