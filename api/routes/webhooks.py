"""For administrators: where the systems of their Administration are told what happens, and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from pydantic import Field

from api.access.description import refused
from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep, SettingsDep
from api.http.openapi import RequestBody, example
from api.ports import now
from api.services.coverage import known_coverage
from api.services.idempotency import IdempotentRoute
from api.services.webhooks import endpoint_of, register, send_again
from api.views.shapes import CoverageAsked
from domain.access.webhooks import Delivery, Endpoint, RegisteredEndpoint
from domain.base import Value
from domain.text import ONE_LINE

router = APIRouter(prefix="/webhooks", tags=["webhooks"], route_class=IdempotentRoute)

WEBHOOKS = requires(Permission.MANAGE_WEBHOOKS)
EndpointPath = Annotated[str, Path(pattern=r"^whe_[0-9a-f]{16}$", examples=["whe_0193f0a05b7c8c3e"])]
MessagePath = Annotated[str, Path(pattern=r"^msg_[0-9a-f]{32}$", examples=["msg_0193f0a05b7c8c3e9d2b4a6c8e0f1a2b"])]


class RegisterEndpoint(RequestBody):
    model_config = example(label="Sistema de gestión procesal", url="https://sgp.atlantia.example/estrado")
    label: str = Field(min_length=1, max_length=80, pattern=ONE_LINE)
    url: str = Field(max_length=500, pattern=r"^https?://[!-~]+$")
    coverage: CoverageAsked = CoverageAsked()


class NewSecret(Value):
    secret: str
    """`whsec_` and base64: shown this once."""


class Deliveries(Value):
    items: tuple[Delivery, ...]
    next_cursor: str | None


@router.post("", status_code=201, summary="Tell a regional system what happens", dependencies=[WEBHOOKS])
async def register_webhook(
    body: RegisterEndpoint, session: Staff, ports: PortsDep, settings: SettingsDep
) -> RegisteredEndpoint:
    """The secret is shown this once; the same Idempotency-Key shows it again for a day, to the same administrator."""
    coverage = await known_coverage(ports, session.account.administration, body.coverage.said())
    private = settings.webhook_private_addresses
    return await register(ports, session, body.label, body.url, coverage, private=private)


@router.get("", summary="The addresses of this Administration's systems", dependencies=[WEBHOOKS])
async def list_webhooks(session: Staff, ports: PortsDep) -> tuple[Endpoint, ...]:
    return await ports.webhooks.of_administration(session.account.administration)


@router.put("/{endpoint}/coverage", status_code=204, summary="Say what is told there", dependencies=[WEBHOOKS])
async def cover_by_webhook(endpoint: EndpointPath, body: CoverageAsked, session: Staff, ports: PortsDep) -> Response:
    """From the next event on; what waits is still told."""
    known = await endpoint_of(ports, session, endpoint)
    coverage = await known_coverage(ports, known.administration, body.said(), known.coverage)
    await ports.webhooks.cover(known.id, coverage)
    return Response(status_code=204)


@router.delete("/{endpoint}", status_code=204, summary="Tell an address nothing more", dependencies=[WEBHOOKS])
async def remove_webhook(endpoint: EndpointPath, session: Staff, ports: PortsDep) -> Response:
    known = await endpoint_of(ports, session, endpoint)
    await ports.webhooks.remove(known.id, now())
    return Response(status_code=204)


@router.post("/{endpoint}/secrets", status_code=201, summary="Change the secret", dependencies=[WEBHOOKS])
async def change_webhook_secret(endpoint: EndpointPath, session: Staff, ports: PortsDep) -> NewSecret:
    """For a day each message is signed with the new one and the one before, so that the change leaves no gap."""
    known = await endpoint_of(ports, session, endpoint)
    return NewSecret(secret=await ports.webhooks.new_secret(known.id, now()))


@router.get(
    "/{endpoint}/deliveries",
    summary="What was sent to an address, the newest first",
    dependencies=[WEBHOOKS],
    responses=refused(400),
)
async def list_webhook_deliveries(
    endpoint: EndpointPath,
    session: Staff,
    ports: PortsDep,
    response: Response,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> Deliveries:
    known = await endpoint_of(ports, session, endpoint)
    items, following = await ports.webhooks.deliveries(known.id, after=cursor, limit=limit)
    if following:
        response.headers["Link"] = (
            f'</api/v1/webhooks/{known.id}/deliveries?cursor={following}&limit={limit}>; rel="next"'
        )
    return Deliveries(items=items, next_cursor=following)


@router.post(
    "/{endpoint}/deliveries/{message}/again",
    status_code=204,
    summary="Send a message again, under its old id",
    dependencies=[WEBHOOKS],
)
async def send_webhook_again(endpoint: EndpointPath, message: MessagePath, session: Staff, ports: PortsDep) -> Response:
    await send_again(ports, await endpoint_of(ports, session, endpoint), message)
    return Response(status_code=204)
