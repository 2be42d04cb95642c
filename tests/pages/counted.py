"""Indicators as the page may have to show them: a year by month, types and a pilot, and nothing at all."""

from collections.abc import Iterator

from api.pages.indicators import IndicatorsView, indicators_view
from api.pages.rendering import PageContext, render
from api.services.indicators import By, IndicatorReport
from domain.access.indicators import Cell, Seats, figures_of, grouped
from domain.journal.measured import Step
from domain.types.vocabulary import Privacy
from tests.pages.anchored import pages_of_anchors

MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 12))
TYPES = {
    "conciliation": "Conciliación ante el juzgado de paz",
    "statement_in_investigation": "Declaración en la instrucción de una causa penal de alguien que está en otro lugar",
}


def pages_of_indicators(context: PageContext) -> Iterator[tuple[str, str]]:
    """And what the same people read besides: the anchored batches."""
    yield from pages_of_anchors(context)
    for view in counted(context):
        yield "indicators", render("indicators.html", context, view=view, path="/administration/indicators")


def counted(context: PageContext) -> Iterator[IndicatorsView]:
    ours = context.administration
    body, office = ours.bodies[-1].id, str(ours.offices[0].id)
    cells = tuple(
        Cell(
            month=month, office=office, type=type, privacy=Privacy.ORDINARY, pilot=pilot, ended=40 * n, held=36 * n,
            abandoned={Step.SUMMONS: 3 * n, Step.SESSION: n}, interrupted=n, interruptions=2 * n, minutes=36 * n,
            seconds=36 * n * 86_400 * 12.25, seats=(Seats(place=office, body=body, people=31 * n),),
        )
        for n, month in enumerate(MONTHS, start=1) for type, pilot in zip(TYPES, (False, n % 5 == 0), strict=True)
    )  # fmt: skip
    keys = {By.MONTH: lambda cell: cell.month, By.TYPE: lambda cell: cell.type, By.OFFICE: lambda cell: cell.office}
    for some, by in ((cells, By.MONTH), (cells, By.TYPE), ((), By.OFFICE)):
        told = IndicatorReport(
            since=MONTHS[0], until=MONTHS[-1], by=by, groups=grouped(some, keys[by], ours),
            total=figures_of((cell for cell in some if not cell.pilot), ours),
            pilots=figures_of((cell for cell in some if cell.pilot), ours),
        )  # fmt: skip
        yield indicators_view(told, TYPES, context.language)
