"""Which days count where a law says days: the procedural calendar, for terms that are counted in court days.

Known here is what holds in all Spain; the public holidays of a Community and of a town are in its profile.
"""

from collections.abc import Collection
from datetime import date, timedelta

from dateutil.easter import easter  # type: ignore[import-untyped]

CHRISTMAS_BEGINS, CHRISTMAS_ENDS = (12, 24), (1, 6)

NATIONAL_HOLIDAYS = frozenset({(5, 1), (10, 12), (11, 1), (12, 6), (12, 8)})
"""Law: RD 2001/1983 art. 45.1; those of fixed date, outside August and Christmas, that no Community replaces."""

EVERYWHERE = frozenset({(1, 1), (12, 25)})
"""Law: RD 2001/1983 art. 45.1; those that fall into the Christmas of the courts."""


def is_working(day: date, public_holidays: Collection[date] = ()) -> bool:
    """Law: LEC art. 130.2 and LOPJ arts. 182 and 183; weekends, public holidays, August and Christmas do not count.

    `public_holidays`: those of the Community and of the town, each with its year.
    """
    month_and_day = (day.month, day.day)
    christmas = month_and_day >= CHRISTMAS_BEGINS or month_and_day <= CHRISTMAS_ENDS
    return is_office_day(day, public_holidays) and day.month != 8 and not christmas


def is_office_day(day: date, public_holidays: Collection[date] = ()) -> bool:
    """Law: Ley 39/2015 art. 30.2; weekends and public holidays do not count, August and most of Christmas do."""
    month_and_day = (day.month, day.day)
    public_holiday = month_and_day in NATIONAL_HOLIDAYS | EVERYWHERE or day in public_holidays
    return day.weekday() < 5 and not public_holiday and day != good_friday(day.year)


def good_friday(year: int) -> date:
    """Law: RD 2001/1983 art. 45.1.c; the one movable public holiday that no Community replaces."""
    sunday: date = easter(year)
    return sunday - timedelta(days=2)


def after_working_days(first: date, days: int, public_holidays: Collection[date] = ()) -> date:
    """The first working day before which `days` working days have passed, `first` being counted."""
    day = first
    while days or not is_working(day, public_holidays):
        days -= is_working(day, public_holidays)
        day += timedelta(days=1)
    return day
