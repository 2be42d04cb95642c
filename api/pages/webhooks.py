"""The administrator's page of systems that are told what happens: their addresses, and what was sent to each."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep, SettingsDep
from api.pages.api_keys import Ticked
from api.pages.rendering import back_to, page, page_context
from api.ports import Ports, now
from api.services.coverage import kinds_of, known_coverage
from api.services.webhooks import endpoint_of, register, send_again
from domain.access.webhooks import Endpoint
from domain.errors import Refusal
from domain.refusals.requests import FIELD_REQUIRED

router = APIRouter(include_in_schema=False, prefix="/administration/webhooks")

WEBHOOKS = [requires(Permission.MANAGE_WEBHOOKS)]
SHOWN = 50


@router.get("", dependencies=WEBHOOKS)
async def read_webhooks(
    request: Request, session: Staff, ports: PortsDep, cursor: Annotated[str | None, Query(max_length=200)] = None
) -> Response:
    known = await ports.webhooks.of_administration(session.account.administration)
    wanted = request.query_params.get("of")
    shown = next((one for one in known if one.id == wanted), known[0] if known else None)
    return await _page(request, ports, known, shown, cursor)


@router.post("", dependencies=WEBHOOKS)
async def register_address(
    request: Request,
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    label: Annotated[str, Form(max_length=80)] = "",
    url: Annotated[str, Form(max_length=500)] = "",
    *,
    covered: Ticked,
) -> Response:
    """The secret is on this page alone: the next look at it does not show it."""
    for field, said in (("label", label), ("url", url)):
        if not said.strip():
            raise Refusal(FIELD_REQUIRED, field=field, item="")
    coverage = await known_coverage(ports, session.account.administration, covered)
    private = settings.webhook_private_addresses
    told = await register(ports, session, label.strip(), url.strip(), coverage, private=private)
    known = await ports.webhooks.of_administration(session.account.administration)
    return await _page(request, ports, known, told.endpoint, secret=told.secret)


@router.post("/{endpoint}/coverage", dependencies=WEBHOOKS)
async def cover_by_address(endpoint: str, session: Staff, ports: PortsDep, covered: Ticked) -> Response:
    shown = await endpoint_of(ports, session, endpoint)
    coverage = await known_coverage(ports, shown.administration, covered, shown.coverage)
    await ports.webhooks.cover(shown.id, coverage)
    return back_to(f"/administration/webhooks?of={shown.id}")


@router.post("/{endpoint}/secret", dependencies=WEBHOOKS)
async def change_secret(request: Request, endpoint: str, session: Staff, ports: PortsDep) -> Response:
    shown = await endpoint_of(ports, session, endpoint)
    secret = await ports.webhooks.new_secret(shown.id, now())
    known = await ports.webhooks.of_administration(session.account.administration)
    return await _page(request, ports, known, shown, secret=secret)


@router.post("/{endpoint}/remove", dependencies=WEBHOOKS)
async def remove_address(endpoint: str, session: Staff, ports: PortsDep) -> Response:
    await ports.webhooks.remove((await endpoint_of(ports, session, endpoint)).id, now())
    return back_to("/administration/webhooks")


@router.post("/{endpoint}/deliveries/{message}/again", dependencies=WEBHOOKS)
async def send_message_again(endpoint: str, message: str, session: Staff, ports: PortsDep) -> Response:
    known = await endpoint_of(ports, session, endpoint)
    await send_again(ports, known, message)
    return back_to(f"/administration/webhooks?of={known.id}")


async def _page(
    request: Request,
    ports: Ports,
    known: tuple[Endpoint, ...],
    shown: Endpoint | None,
    cursor: str | None = None,
    secret: str = "",
) -> Response:
    deliveries: tuple[tuple[Any, ...], str | None] = ((), None)
    if shown is not None:
        deliveries = await ports.webhooks.deliveries(shown.id, after=cursor, limit=SHOWN)
    items, more = deliveries
    context = await page_context(request)
    kinds = await kinds_of(ports, context.administration)
    return page(
        request, "webhooks.html", context, known=known, shown=shown, deliveries=items, more=more, secret=secret,
        kinds=kinds, titles={kind.id: kind.titles for kind in kinds},
    )  # fmt: skip
