"""For administrators and auditors: the indicators of their Administration, as JSON and as CSV."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.ports import now
from api.services.indicators import MONTH, By, IndicatorReport, as_csv, report

router = APIRouter(prefix="/indicators", tags=["administration"], dependencies=[requires(Permission.READ_INDICATORS)])

Month = Annotated[str | None, Query(pattern=MONTH, examples=["2026-11"], description="A month, included.")]
CSV = "text/csv"


@router.get("", summary="What was held, how long it took, which journeys it saved")
async def read_indicators(
    session: Staff, ports: PortsDep, by: By = By.MONTH, since: Month = None, until: Month = None
) -> IndicatorReport:
    """Of what ended in these months. Types that are not of ordinary privacy count in groups of five and more alone, and
    once their month is over."""
    return await report(ports, session, by, since, until, now())


@router.get(
    ".csv",
    summary="The same as a table",
    response_class=Response,
    responses={200: {"content": {CSV: {"schema": {"type": "string"}}}}},
)
async def read_indicators_table(
    session: Staff, ports: PortsDep, by: By = By.MONTH, since: Month = None, until: Month = None
) -> Response:
    told = await report(ports, session, by, since, until, now())
    name = f"indicators-{told.by.value}-{told.since}-{told.until}.csv"
    return Response(as_csv(told), media_type=CSV, headers={"Content-Disposition": f'attachment; filename="{name}"'})
