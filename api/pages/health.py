"""The administrator's page of how this installation is: servers, procedures that stand still, evidence that waits."""

from fastapi import APIRouter, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import ThePartsOf
from api.pages.painting import look_of, page
from api.services.health import condition_of

router = APIRouter(include_in_schema=False)


@router.get("/administration/health", dependencies=[requires(Permission.READ_CONDITION)])
async def read_health_page(request: Request, session: Staff, parts: ThePartsOf) -> Response:
    condition = await condition_of(parts, session.account.administration)
    return page(request, "health.html", await look_of(request), condition=condition)
