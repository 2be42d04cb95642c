"""The page of indicators, for administrators and auditors: plots that the server draws, each with its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from babel.dates import format_date
from fastapi import APIRouter, Query, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.rendering import page, page_context
from api.ports import now
from api.services.indicators import MONTH, By, IndicatorReport, names_of, report
from domain.access.indicators import Group
from domain.journal.measured import Step

router = APIRouter(include_in_schema=False)

Month = Annotated[str | None, Query(pattern=MONTH)]
WIDEST = 420.0
"""Of a bar, in the units of the drawing."""


@dataclass(frozen=True)
class Bar:
    """One line of a plot: its parts lie one after the other."""

    label: str
    values: tuple[int, ...]
    """Of its parts, in their order."""
    parts: tuple[tuple[str, float, float], ...]
    """(what it is, where it begins, how wide it is)."""


@dataclass(frozen=True)
class IndicatorsView:
    told: IndicatorReport
    groups: tuple[tuple[str, Group], ...]
    """Each with what it is called."""
    acts: tuple[Bar, ...]
    kilometres: tuple[Bar, ...]
    steps: tuple[tuple[Step, int, int], ...]
    """(step, acts abandoned there without pilots, those of pilots)."""


def indicators_view(told: IndicatorReport, names: Mapping[str, str], language: str) -> IndicatorsView:
    groups = tuple((_called(group, told.by, names, language), group) for group in told.groups)
    usual = [(label, group.figures) for label, group in groups if not group.pilot]
    acts = [(label, (("held", f.held), ("abandoned", f.ended - f.held))) for label, f in usual]
    kilometres = [(label, (("kilometres", f.kilometres_avoided),)) for label, f in usual]
    return IndicatorsView(
        told=told,
        groups=groups,
        acts=bars(acts),
        kilometres=bars(kilometres),
        steps=tuple((step, told.total.abandoned.get(step, 0), told.pilots.abandoned.get(step, 0)) for step in Step),
    )


def bars(lines: Sequence[tuple[str, tuple[tuple[str, int], ...]]]) -> tuple[Bar, ...]:
    """The longest is as wide as there is room; nothing is drawn where all are nought."""
    most = max((sum(value for _, value in parts) for _, parts in lines), default=0)
    if not most:
        return ()
    return tuple(_bar(label, parts, WIDEST / most) for label, parts in lines)


def _bar(label: str, parts: tuple[tuple[str, int], ...], unit: float) -> Bar:
    drawn, begins = list[tuple[str, float, float]](), 0.0
    for what, value in parts:
        drawn.append((what, round(begins, 1), round(value * unit, 1)))
        begins += value * unit
    return Bar(label, tuple(value for _, value in parts), tuple(drawn))


def _called(group: Group, by: By, names: Mapping[str, str], language: str) -> str:
    if by is By.MONTH:
        return format_date(date.fromisoformat(f"{group.key}-01"), "LLLL y", locale=language)
    return names.get(group.key, group.key)


@router.get("/administration/indicators", dependencies=[requires(Permission.READ_INDICATORS)])
async def read_indicators_page(
    request: Request, session: Staff, ports: PortsDep, by: By = By.MONTH, since: Month = None, until: Month = None
) -> Response:
    context = await page_context(request)
    told = await report(ports, session, by, since, until, now())
    view = indicators_view(told, await names_of(ports, session, told, context.language), context.language)
    return page(request, "indicators.html", context, view=view)
