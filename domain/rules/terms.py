"""Until when a term of days runs, in the place where the act is held.

Law: LEC art. 133, LOPJ art. 185 and Ley 39/2015 art. 30; the day on which a term begins does not count, those that are
no working days are left out, and the last one counts to its end.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import is_office_day, is_working
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.procedure.state import Procedure
from domain.refusals.booking import NEW_DATE_TOO_LATE
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
    if stopped is None or stopped.cause is not InterruptionCause.ABSENCE:
        return
    for term in procedure.type.procedure.deadlines:
        if term.bounds_new_date and term.in_working_days and term.days:
            offices = places(procedure, term.days)
            found = reckon(decided_at, term.length.days, term.days, administration, offices)
            if at >= found.due_at:
                law = term.legal_basis or ""
                raise Refusal(NEW_DATE_TOO_LATE, latest=found.last_day.isoformat(), law=law)
