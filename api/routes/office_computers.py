"""Making the browser that opens an enrolment address the office computer that it was made for."""

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import RedirectResponse

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import keep_device, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotFound

FOR_PAGES_TOO = True

router = APIRouter(tags=["administration"], include_in_schema=False)


@router.get("/office-computer/{token}", dependencies=[requires(Permission.SIGN_IN), limited("office-computer", 10)])
async def become_office_computer(
    token: Annotated[str, Path(max_length=80)], ports: PortsDep, settings: SettingsDep
) -> RedirectResponse:
    """The address is as good as the cookie: it is given to whoever sets the computer up, and to nobody else."""
    if await ports.devices.find(token) is None:
        raise NotFound()
    response = RedirectResponse("/", 303)
    keep_device(response, settings, token)
    return response
