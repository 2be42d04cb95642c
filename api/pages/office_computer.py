"""Making a browser the office computer that an enrolment link was made for: once, and only when somebody says so."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import enrolled_device, keep_device, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotFound, language_of
from api.pages.rendering import back_to, page, page_context, seat_of_device
from api.ports import now
from domain.errors import Refusal
from domain.refusals.access import ENROLMENT_LINK_SPENT

router = APIRouter(include_in_schema=False)

LinkPath = Annotated[str, Path(max_length=80)]
GUARDED = [requires(Permission.SIGN_IN), limited("office-computer", 10)]


@router.get("/office-computer", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_office_computer(request: Request) -> Response:
    """Which computer this is."""
    device = await enrolled_device(request)
    if device is None:
        raise NotFound()
    context = await page_context(request)
    return page(
        request,
        "office_computer.html",
        context,
        seat=seat_of_device(context.administration, device, context.language),
        link="",
    )


@router.get("/office-computer/{link}", dependencies=GUARDED)
async def read_link(request: Request, link: LinkPath, ports: PortsDep) -> Response:
    """Nothing happens yet: addresses are opened by many a program before a person does."""
    device = await ports.devices.linked(link, now())
    if device is None:
        raise Refusal(ENROLMENT_LINK_SPENT)
    seat = seat_of_device(ports.administrations[device.administration], device, language_of(request))
    return page(request, "office_computer.html", await page_context(request), seat=seat, link=link)


@router.post("/office-computer/{link}", dependencies=GUARDED)
async def become_office_computer(link: LinkPath, ports: PortsDep, settings: SettingsDep) -> Response:
    enrolled = await ports.devices.use_link(link, now())
    if enrolled is None:
        raise Refusal(ENROLMENT_LINK_SPENT)
    response = back_to("/office-computer")
    keep_device(response, settings, enrolled.token)
    return response
