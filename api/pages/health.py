"""The administrator's page of how this installation is: servers, procedures that stand still, evidence that waits."""

from fastapi import APIRouter, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.rendering import page, page_context
from api.services.health import condition_of

router = APIRouter(include_in_schema=False)


@router.get("/administration/health", dependencies=[requires(Permission.READ_CONDITION)])
async def read_health_page(request: Request, session: Staff, ports: PortsDep) -> Response:
    condition = await condition_of(ports, session.account.administration)
    return page(request, "health.html", await page_context(request), condition=condition)
