"""The administrator's page of regional systems that ask: their keys, and of which procedures each asks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request, Response
from pydantic import Field

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.http.problems import NotFound
from api.pages.rendering import back_to, page, page_context
from api.ports import Ports, now
from api.services.coverage import kinds_of, known_coverage
from domain.access.api_keys import EVIDENCE, PROCEDURES, ApiKey, IssuedApiKey
from domain.access.coverage import Coverage
from domain.errors import Refusal
from domain.ids import OfficeId
from domain.refusals.booking import COVERAGE_SAID_TWICE, COVERAGE_UNSAID
from domain.refusals.requests import FIELD_REQUIRED
from domain.text import refuse_unreadable

PAGE = "/administration/api-keys"
KEYS = [requires(Permission.MANAGE_API_KEYS)]

Name = Annotated[str, Field(max_length=60)]

router = APIRouter(include_in_schema=False, prefix=PAGE)


def ticked(
    offices: Annotated[tuple[Name, ...], Form(max_length=500)] = (),
    types: Annotated[tuple[Name, ...], Form(max_length=200)] = (),
    every_office: Annotated[str, Form(max_length=5)] = "",
    every_type: Annotated[str, Form(max_length=5)] = "",
) -> Coverage:
    """What is ticked, and nothing besides: a form in which nothing is ticked would open what nobody meant to open.

    Raises `Refusal('coverage_unsaid')`, and `Refusal('coverage_said_twice')` for some and every one.
    """
    for some, every in ((offices, every_office), (types, every_type)):
        if bool(some) is bool(every):
            raise Refusal(COVERAGE_SAID_TWICE if some else COVERAGE_UNSAID)
    return Coverage(offices=tuple(map(OfficeId, offices)) or None, types=types or None)


Ticked = Annotated[Coverage, Depends(ticked)]


@router.get("", dependencies=KEYS)
async def read_api_keys(
    request: Request, session: Staff, ports: PortsDep, of: Annotated[str, Query(max_length=80)] = ""
) -> Response:
    return await _page(request, session, ports, of=of)


@router.post("", dependencies=KEYS)
async def issue_key(
    request: Request,
    session: Staff,
    ports: PortsDep,
    covered: Ticked,
    label: Annotated[str, Form(max_length=80)] = "",
    evidence: Annotated[str, Form(max_length=5)] = "",
) -> Response:
    """The key is on this page alone: the next look at it does not show it."""
    if not label.strip():
        raise Refusal(FIELD_REQUIRED, field="label", item="")
    refuse_unreadable(label)
    administration = session.account.administration
    coverage = await known_coverage(ports, administration, covered)
    scopes = (PROCEDURES, EVIDENCE) if evidence else (PROCEDURES,)
    issued = await ports.api_keys.issue(administration, label.strip(), scopes, now(), coverage=coverage)
    return await _page(request, session, ports, issued=issued)


@router.post("/{key}/coverage", dependencies=KEYS)
async def cover_by_key(key: str, session: Staff, ports: PortsDep, covered: Ticked) -> Response:
    known = await _key(ports, session, key)
    coverage = await known_coverage(ports, known.administration, covered, known.coverage)
    await ports.api_keys.cover(known.id, coverage)
    return back_to(PAGE)


@router.post("/{key}/revoke", dependencies=KEYS)
async def revoke_key(key: str, session: Staff, ports: PortsDep) -> Response:
    await ports.api_keys.revoke((await _key(ports, session, key)).id, now())
    return back_to(PAGE)


async def _key(ports: Ports, session: Staff, id: str) -> ApiKey:
    """Raises `NotFound` for another Administration's."""
    for known in await ports.api_keys.of_administration(session.account.administration):
        if known.id == id:
            return known
    raise NotFound()


async def _page(
    request: Request, session: Staff, ports: Ports, *, of: str = "", issued: IssuedApiKey | None = None
) -> Response:
    known = await ports.api_keys.of_administration(session.account.administration)
    context = await page_context(request)
    kinds = await kinds_of(ports, context.administration)
    return page(
        request,
        "api_keys.html",
        context,
        known=known,
        shown=next((one for one in known if one.id == of and one.revoked_at is None), None),
        issued=issued,
        kinds=kinds,
        titles={kind.id: kind.titles for kind in kinds},
    )
