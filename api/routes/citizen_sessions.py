"""Citizens: sitting down with the code of a summons, and leaving nothing behind."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Caller, CitizenSession, keep_language, keep_session, requires, wipe
from api.commands import sitting_down
from api.deps import GatewayDep, SettingsDep
from api.services.idempotency import IdempotentRoute
from api.services.signing_in import end_session
from api.views.shapes import SatDown, SummonsCode

router = APIRouter(tags=["sessions"], route_class=IdempotentRoute)


@router.post(
    "/citizen/sessions",
    status_code=201,
    summary="Sit down with the code of a summons",
    # 60 bits of code and thirty tries a minute: guessing one takes longer than any law has lasted.
    dependencies=[requires(Permission.SIGN_IN), limited("summons-code", 30)],
)
async def sit_down(
    request: Request,
    body: SummonsCode,
    gateway: GatewayDep,
    settings: SettingsDep,
    response: Response,
) -> SatDown:
    opened = await sitting_down.sit_down(request, body.code)
    seat = opened.session.seat
    assert seat is not None
    person = (await gateway.progress(seat.procedure)).procedure.participant(seat.participant)
    keep_session(response, settings, opened)
    keep_language(response, settings, person.language)
    return SatDown(
        procedure=seat.procedure, participant=seat.participant, language=person.language, csrf=opened.session.csrf,
        ends_at=opened.session.ends_at, at_office=seat.device is not None,
    )  # fmt: skip


@router.delete("/citizen/sessions/current", status_code=204, summary="Leave, and leave nothing behind")
async def leave(
    request: Request, who: Annotated[Caller, requires(Permission.USE_SESSION)], settings: SettingsDep
) -> Response:
    response = Response(status_code=204)
    if isinstance(who, CitizenSession):
        await end_session(request, who)
    wipe(response, settings)
    return response
