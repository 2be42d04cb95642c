"""The administrator's page: what may be held here, the offices, and their enrolled computers."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, enrolled_device, keep_device, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotFound
from api.pages.rendering import back_to, page, page_context
from api.ports import now
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.refusals.booking import OFFICE_UNKNOWN
from domain.refusals.requests import FIELD_REQUIRED

router = APIRouter(include_in_schema=False)

DEVICES = [requires(Permission.MANAGE_DEVICES)]


@router.get("/administration", dependencies=DEVICES)
async def read_administration(request: Request, session: Staff, ports: PortsDep) -> Response:
    context = await page_context(request)
    ours = context.administration
    kinds = (await ports.catalogue.now()).at(ours, ours.day(now()))
    offices = [(office, await ports.devices.of_office(ours.id, office.id)) for office in ours.offices]
    here = await enrolled_device(request)
    return page(request, "administration.html", context, kinds=kinds, offices=offices, here=here)


@router.post("/administration/devices", dependencies=DEVICES)
async def enrol_this_computer(
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    office: Annotated[str, Form(max_length=80)],
    label: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """Law: RDL 6/2023 art. 62.2, a secure point of access. The cookie that makes it one stays in this browser."""
    ours = ports.administrations[session.account.administration]
    if office not in {known.id for known in ours.offices}:
        raise Refusal(OFFICE_UNKNOWN, office=office)
    if not label.strip():
        raise Refusal(FIELD_REQUIRED, field="label", item="")
    enrolled = await ports.devices.enrol(ours.id, OfficeId(office), label.strip(), session.account.id, now())
    response = back_to("/administration")
    keep_device(response, settings, enrolled.token)
    return response


@router.post("/administration/devices/{device}/revoke", dependencies=DEVICES)
async def revoke_computer(device: str, session: Staff, ports: PortsDep) -> Response:
    ours = ports.administrations[session.account.administration]
    known = [known.id for office in ours.offices for known in await ports.devices.of_office(ours.id, office.id)]
    if device not in known:
        raise NotFound()
    await ports.devices.revoke(device, now())
    return back_to("/administration")
