"""For whoever holds minutes of ours: what their printed code stands for. Public, and careful with what it tells."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import requires
from api.deps import PortsDep
from api.http.problems import NotFound
from api.services.idempotency import IdempotentRoute
from domain.access.register import Verification

router = APIRouter(tags=["verification"], route_class=IdempotentRoute)


@router.get(
    "/verifications/{csv}",
    summary="What is known of sealed minutes by their secure verification code",
    dependencies=[requires(Permission.VERIFY_DOCUMENT), limited("verification", 60)],
)
async def verify_code(csv: Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{4,60}$")], ports: PortsDep) -> Verification:
    """404 for every other code: nobody learns whether it exists and is not sealed, or does not exist."""
    known = await ports.register.verification(csv.upper())
    if known is None:
        raise NotFound()
    return known
