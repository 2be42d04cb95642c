"""On which days and at which hours an act may be held: asked when it is booked, and when it is moved.

The calendar is that of the office where the act is held, with the public holidays of its Community and its town.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.calendar import is_office_day, is_working
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.refusals.booking import ENDS_AFTER_CLOSING, OUTSIDE_WORKING_TIME
from domain.types.procedure_type import ProcedureType
from domain.types.territory import Administration
from domain.types.vocabulary import WorkingTime

_COUNTS = {WorkingTime.COURT: is_working, WorkingTime.OFFICE: is_office_day}


def within_working_time(kind: ProcedureType, administration: Administration, office: OfficeId, at: datetime) -> None:
    """Raises `Refusal('outside_working_time')` with the first moment after `at` at which the act may be held.

    Or `Refusal('ends_after_closing')`, where its slot would not be over before the office closes.
    Law: LEC art. 130.1; judicial acts are done on working days and at working hours. Art. 131: in urgent cases a court
    makes others good, and says why.
    """
    good = next_working_moment(kind.working_time, administration, office, at)
    if good != at:
        raise Refusal(OUTSIDE_WORKING_TIME, earliest=good.isoformat(timespec="minutes"))
    fits = next_working_moment(kind.working_time, administration, office, at, kind.lasts or timedelta())
    if fits != at:
        closes_at = next(known.closes_at for known in administration.offices if known.id == office)
        minutes = round((kind.lasts or timedelta()) / timedelta(minutes=1))
        earliest = fits.isoformat(timespec="minutes")
        raise Refusal(ENDS_AFTER_CLOSING, earliest=earliest, minutes=minutes, closes_at=closes_at)


def next_working_moment(
    working_time: WorkingTime | None,
    administration: Administration,
    office: OfficeId,
    at: datetime,
    lasts: timedelta = timedelta(),
) -> datetime:
    """`at` itself where it is good and the act is over in time, else when that office opens next, in its own time."""
    place = next(known for known in administration.offices if known.id == office)
    public_holidays = administration.public_holidays_at(office)
    local = at.astimezone(ZoneInfo(place.time_zone))
    opens, closes = time.fromisoformat(place.opens_at), time.fromisoformat(place.closes_at)
    if working_time is None:
        return at
    counts = _COUNTS[working_time]
    day = local.date()
    begins, ends = (datetime.combine(day, hour, local.tzinfo) for hour in (opens, closes))
    # What takes longer than an office is open begins when it opens.
    in_time = not lasts or local <= max(begins, ends - lasts)
    if counts(day, public_holidays) and begins <= local < ends and in_time:
        return at
    if local.time() >= opens:
        day += timedelta(days=1)
    while not counts(day, public_holidays):
        day += timedelta(days=1)
    return datetime.combine(day, opens, ZoneInfo(place.time_zone))
