"""For administrators: office computers and keys of regional systems. For auditors: who has looked at what."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from api.access.description import refused
from api.access.permissions import Permission
from api.access.session import Staff, keep_device, requires
from api.deps import Case, PortsDep, SettingsDep, case
from api.http.openapi import RequestBody, example
from api.http.problems import NotFound
from api.ports import Ports, now
from api.services.access_log import REASON
from api.services.client_statements import refuse_unfit
from api.services.coverage import known_coverage
from api.services.idempotency import IdempotentRoute, seed_of
from api.views.shapes import CoverageAsked, EnrolDevice, IssueApiKey
from domain.access.accounts import Device
from domain.access.api_keys import ApiKey, IssuedApiKey
from domain.access.stores import ReadAccess
from domain.base import Value
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.refusals.booking import OFFICE_UNKNOWN
from domain.text import ONE_LINE
from domain.types.territory import Administration

router = APIRouter(tags=["administration"], route_class=IdempotentRoute)

DEVICES = requires(Permission.MANAGE_DEVICES)
KEYS = requires(Permission.MANAGE_API_KEYS)
IdPath = Annotated[str, Path(max_length=80)]


class AccessReason(RequestBody):
    model_config = example(why="Queja 14/2026 de la defensa sobre el acta.")
    why: str = Field(min_length=10, max_length=200, pattern=ONE_LINE)


class AccessLog(Value):
    items: tuple[ReadAccess, ...]
    next_cursor: str | None


@router.post("/devices", status_code=201, summary="Enrol this computer at an office", dependencies=[DEVICES])
async def enrol_device(
    body: EnrolDevice, session: Staff, ports: PortsDep, settings: SettingsDep, response: Response
) -> Device:
    """Asked for on the computer itself: the cookie that makes it an office computer comes with the answer."""
    office = _office(ports.administrations[session.account.administration], body.office)
    enrolled = await ports.devices.enrol(session.account.administration, office, body.label, session.account.id, now())
    keep_device(response, settings, enrolled.token)
    return enrolled.device


@router.get("/offices/{office}/devices", summary="The enrolled computers of an office", dependencies=[DEVICES])
async def list_devices(office: IdPath, session: Staff, ports: PortsDep) -> tuple[Device, ...]:
    known = _office(ports.administrations[session.account.administration], office)
    return await ports.devices.of_office(session.account.administration, known)


@router.delete(
    "/offices/{office}/devices/{device}", status_code=204, summary="Revoke a computer", dependencies=[DEVICES]
)
async def revoke_device(office: IdPath, device: IdPath, session: Staff, ports: PortsDep) -> Response:
    known = await ports.devices.of_office(session.account.administration, OfficeId(office))
    if all(enrolled.id != device for enrolled in known):
        raise NotFound()
    await ports.devices.revoke(device, now())
    return Response(status_code=204)


@router.post("/api-keys", status_code=201, summary="Issue a key for a regional system", dependencies=[KEYS])
async def issue_api_key(request: Request, body: IssueApiKey, session: Staff, ports: PortsDep) -> IssuedApiKey:
    """Shown this once. The same Idempotency-Key shows it again for a day, to the same administrator, and also where
    no answer came."""
    if body.public_keys is not None:
        refuse_unfit(body.public_keys)
    administration = session.account.administration
    coverage = await known_coverage(ports, administration, body.coverage.said())
    seed = await seed_of(request, session.account.id)
    return await ports.api_keys.issue(administration, body.label, body.scopes, now(), body.public_keys, coverage, seed)


@router.get("/api-keys", summary="The keys of this Administration", dependencies=[KEYS])
async def list_api_keys(session: Staff, ports: PortsDep) -> tuple[ApiKey, ...]:
    return await ports.api_keys.of_administration(session.account.administration)


@router.put("/api-keys/{key}/coverage", status_code=204, summary="Say what a key covers", dependencies=[KEYS])
async def cover_by_api_key(key: IdPath, body: CoverageAsked, session: Staff, ports: PortsDep) -> Response:
    """From now on, for its tokens too."""
    known = next((one for one in await _keys(ports, session) if one.id == key), None)
    if known is None:
        raise NotFound()
    coverage = await known_coverage(ports, known.administration, body.said(), known.coverage)
    await ports.api_keys.cover(key, coverage)
    return Response(status_code=204)


@router.delete("/api-keys/{key}", status_code=204, summary="Revoke a key", dependencies=[KEYS])
async def revoke_api_key(key: IdPath, session: Staff, ports: PortsDep) -> Response:
    if all(known.id != key for known in await _keys(ports, session)):
        raise NotFound()
    await ports.api_keys.revoke(key, now())
    return Response(status_code=204)


@router.get("/procedures/{procedure}/accesses", summary="Who has looked at a procedure", responses=refused(400))
async def list_accesses(
    case: Annotated[Case, case(Permission.READ_ACCESS_LOG)],
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> AccessLog:
    items, following = await case.ports.audit.of_procedure(case.id, after=cursor, limit=limit)
    return AccessLog(items=items, next_cursor=following)


@router.post("/procedures/{procedure}/reasons", status_code=201, summary="Say why a procedure is opened")
async def give_reason(body: AccessReason, case: Annotated[Case, case(Permission.GIVE_REASON)]) -> AccessReason:
    """For an auditor, who then reads for an hour what is in it. The reason is on each line of the access log."""
    await case.record_access(REASON, body.why)
    return body


async def _keys(ports: Ports, session: Staff) -> tuple[ApiKey, ...]:
    return await ports.api_keys.of_administration(session.account.administration)


def _office(administration: Administration, office: str) -> OfficeId:
    """Raises `Refusal('office_unknown')`: offices of other Administrations are unknown here."""
    if office not in {known.id for known in administration.offices}:
        raise Refusal(OFFICE_UNKNOWN, office=office)
    return OfficeId(office)
