"""The indicators of one Administration, as programs read them and as the page shows them."""

import csv
from datetime import datetime
from enum import StrEnum
from io import StringIO
from zoneinfo import ZoneInfo

from api.access.session import StaffSession
from api.ports import Ports
from domain.access.indicators import Cell, Figures, Group, figures_of, grouped, may_be_given
from domain.base import Value
from domain.errors import Refusal
from domain.journal.measured import Step
from domain.refusals.requests import FIELD_INVALID

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
MONTHS = 12
"""How many are shown where nobody says which."""


class By(StrEnum):
    """What is put together."""

    MONTH = "month"
    TYPE = "type"
    OFFICE = "office"


class IndicatorReport(Value):
    """What ended in these months. Journeys and kilometres avoided are an estimate from the distances that the
    Administration declares. Of types that are not of ordinary privacy only large groups of months that are over count,
    in the lines and in the totals alike."""

    since: str
    until: str
    by: By
    groups: tuple[Group, ...]
    total: Figures
    """Without pilots."""
    pilots: Figures


async def report(
    ports: Ports, session: StaffSession, by: By, since: str | None, until: str | None, at: datetime
) -> IndicatorReport:
    """Both months included; None: the last twelve, with this one. Raises `Refusal('field_invalid')`."""
    ours = ports.administrations[session.account.administration]
    zone = ours.time_zone(None)
    this_month = f"{at.astimezone(ZoneInfo(zone)):%Y-%m}"
    last = until or this_month
    first = since or _before(last, MONTHS - 1)
    if first > last:
        raise Refusal(FIELD_INVALID, field="since", kind="")
    pilots = {one.type: one.pilot_until.isoformat() for one in ours.enabled if one.pilot_until}
    cells = await ports.indicators.cells(ours.id, first, last, zone, pilots)
    given = [cell for cell in cells if may_be_given(cell, this_month)]
    return IndicatorReport(
        since=first,
        until=last,
        by=by,
        groups=grouped(given, lambda cell: _key(cell, by), ours),
        total=figures_of((cell for cell in given if not cell.pilot), ours),
        pilots=figures_of((cell for cell in given if cell.pilot), ours),
    )


def _key(cell: Cell, by: By) -> str:
    return {By.MONTH: cell.month, By.TYPE: cell.type, By.OFFICE: cell.office}[by]


def _before(month: str, count: int) -> str:
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 - count, 12)
    return f"{max(year, 2000):04d}-{number + 1:02d}"


async def names_of(ports: Ports, session: StaffSession, told: IndicatorReport, language: str) -> dict[str, str]:
    """What each type or office of the report is called; a month is its own name."""
    if told.by is By.OFFICE:
        offices = ports.administrations[session.account.administration].offices
        return {str(office.id): office.called(language) for office in offices}
    if told.by is By.TYPE:
        published = (await ports.catalogue.now()).every_published()
        return {kind.id: kind.titles.in_language(language) for kind in published}
    return {}


COLUMNS = (
    "ended", "held", "interrupted", "interruptions", "minutes", "days_to_minutes", "journeys_avoided",
    "kilometres_avoided", "journeys_of_unknown_length",
)  # fmt: skip


def as_csv(told: IndicatorReport) -> str:
    """Standard: RFC 4180. One line a group; the totals, which are sums of these lines, are left to whoever reads it."""
    written = StringIO()
    lines = csv.writer(written)
    lines.writerow([told.by.value, "pilot", *COLUMNS, *(f"abandoned_{step.value}" for step in Step)])
    for group in told.groups:
        figures = group.figures.model_dump(mode="json")
        abandoned = (group.figures.abandoned.get(step, 0) for step in Step)
        pilot = "yes" if group.pilot else "no"
        lines.writerow([group.key, pilot, *(figures[name] for name in COLUMNS), *abandoned])
    return written.getvalue()
