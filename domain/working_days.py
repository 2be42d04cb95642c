"""Which days count where a law says days: the procedural calendar, for terms that are counted in court days.

Known here is what holds in all Spain. The feasts of each Community and town, and Good Friday, are in no calendar of
ours: whoever chooses the date counts them.
"""

from datetime import date, timedelta

CHRISTMAS_BEGINS, CHRISTMAS_ENDS = (12, 24), (1, 6)

NATIONAL_FEASTS = frozenset({(5, 1), (10, 12), (11, 1), (12, 6), (12, 8)})
"""Law: RD 2001/1983 art. 45.1; those of fixed date, outside August and Christmas, that no Community replaces."""


def is_working(day: date) -> bool:
    """Law: LEC art. 130.2 and LOPJ arts. 182 and 183; Saturdays, Sundays, feasts, August and Christmas do not count."""
    month_and_day = (day.month, day.day)
    christmas = month_and_day >= CHRISTMAS_BEGINS or month_and_day <= CHRISTMAS_ENDS
    return day.weekday() < 5 and day.month != 8 and not christmas and month_and_day not in NATIONAL_FEASTS


def after_working_days(first: date, days: int) -> date:
    """The first working day before which `days` working days have passed, `first` being counted."""
    day = first
    while days or not is_working(day):
        days -= is_working(day)
        day += timedelta(days=1)
    return day
