"""Until when a term of days runs, in the place where the act is held.

Law: LEC art. 133, LOPJ art. 185 and Ley 39/2015 art. 30; the day on which a term begins does not count, those that are
no working days are left out, and the last one counts to its end.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.calendar import is_office_day, is_working
from domain.ids import OfficeId
from domain.procedure.state import Procedure
from domain.types.territory import Administration
from domain.types.vocabulary import TermDays

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
