"""What the Temporal web interface asks for to show payloads in clear: a codec server for the few who may read them.

The interface runs in the operator's browser and asks from its own origin, with our session cookie. Nothing is decrypted
for another origin, for a machine, or for an account that the installation does not name as an operator of its engine;
and every reading is in the log of reading.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from google.protobuf.json_format import MessageToJson, Parse, ParseError
from temporalio.api.common.v1 import Payloads

from api.access.permissions import Permission
from api.access.session import Caller, RequirePermission, StaffSession, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotPermitted
from api.ports import now
from domain.access.stores import ReadAccess
from domain.errors import Refusal
from domain.refusals.access import REQUEST_NOT_OURS
from domain.refusals.requests import JSON_MALFORMED

router = APIRouter(prefix="/engine/codec", include_in_schema=False)

ASKED_WITH = "content-type, x-namespace, authorization"


class RequireEngineOperator(RequirePermission):
    """Lets in the operators of the engine, asking from the origin of its web interface and from no other page."""

    async def __call__(self, request: Request) -> Caller:
        """Raises `NotSignedIn`, `NotPermitted`, `Refusal('request_not_ours')`."""
        who = await super().__call__(request)
        if who.ref not in request.app.state.settings.engine_operators:
            raise NotPermitted()
        return who

    async def refuse_forgery(self, request: Request, who: Caller) -> None:
        """The interface has no token of ours to show: what is asked for instead is exactly its origin."""
        if not _is_the_interface(request, request.app.state.settings.temporal_ui_origin):
            raise Refusal(REQUEST_NOT_OURS)


Operator = Annotated[StaffSession, Depends(RequireEngineOperator(Permission.READ_ENGINE_PAYLOADS))]


@router.options("/decode", dependencies=[requires(Permission.READ_PUBLIC)])
async def may_ask(request: Request, settings: SettingsDep) -> Response:
    """Standard: Fetch, CORS-preflight. Other origins are told nothing, and their browsers ask no further."""
    response = Response(status_code=204)
    if _is_the_interface(request, settings.temporal_ui_origin):
        _allow(response, settings.temporal_ui_origin)
        response.headers["Access-Control-Allow-Methods"] = "POST"
        response.headers["Access-Control-Allow-Headers"] = ASKED_WITH
    return response


@router.post("/decode")
async def decode(request: Request, operator: Operator, ports: PortsDep, settings: SettingsDep) -> Response:
    """The payloads of the request in clear. Standard: the remote codec protocol of Temporal."""
    try:
        asked = Parse(await request.body(), Payloads())
    except ParseError as error:
        raise Refusal(JSON_MALFORMED) from error
    await ports.audit.record(
        ReadAccess(
            id=secrets.token_hex(16),
            at=now(),
            actor=operator.ref,
            role="administrator",
            administration=operator.account.administration,
            what=f"engine_payloads:{len(asked.payloads)}",
            why="operation",
        )
    )
    clear = await ports.codec.decode(asked.payloads)
    response = Response(MessageToJson(Payloads(payloads=clear)), media_type="application/json")
    _allow(response, settings.temporal_ui_origin)
    return response


def _is_the_interface(request: Request, origin: str) -> bool:
    return bool(origin) and request.headers.get("origin") == origin


def _allow(response: Response, origin: str) -> None:
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Credentials"] = "true"
    response.headers["Vary"] = "Origin"
    # The page of the interface may read this answer although it stands at another origin.
    response.headers["Cross-Origin-Resource-Policy"] = "same-site"
