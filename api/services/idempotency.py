"""One effect and one answer per Idempotency-Key: every POST is carried out once, however often it is sent (F-23).

Standard: draft-ietf-httpapi-idempotency-key-header-07. The key of a command is its Update id too, so that even an
answer that this process could not keep is found again in the procedure.
"""

import asyncio
import hashlib
import hmac
import re
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.access.session import RequirePermission, caller_of
from api.http import strict_json
from api.http.problems import RefusedReading, log_server_error, problem_response
from api.ports import Ports, now
from domain.access.stores import Begun, StoredResponse
from domain.errors import EstradoError, Refusal
from domain.ids import CommandId, Sha256
from domain.refusals.requests import IDEMPOTENCY_KEY_MISSING, IDEMPOTENCY_KEY_REUSED, REQUEST_IN_PROGRESS

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

WAIT = 10.0
"""Seconds that the same request waits for the first one before it is told that it is still under way."""
ASK_AGAIN = 0.1

NOT_KEPT = {202, 401, 403, 404, 408, 412, 413, 415, 425, 429}
"""Answers after which the same request may be tried again and come to something else."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{7,79}")
_KEPT_HEADERS = ("location", "content-language", "etag")


class StrictRequest(Request):
    async def json(self) -> Any:
        body = await self.body()
        try:
            return strict_json.parse(body)
        except Refusal as refusal:
            raise RefusedReading(refusal) from refusal


class IdempotentRoute(APIRoute):
    """The route class of the whole interface."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()
        required = tuple(_permissions(self.dependant))

        async def handle(plain: Request) -> Response:
            request = StrictRequest(plain.scope, plain.receive)
            try:
                return await _once(request, handler, required) if request.method == "POST" else await handler(request)
            finally:
                await request.close()  # what was uploaded lies in temporary files

        return handle


def _permissions(dependant: Dependant) -> Iterator[RequirePermission]:
    """What a route requires of whoever asks, at whatever depth it is declared."""
    for inner in dependant.dependencies:
        if isinstance(inner.call, RequirePermission):
            yield inner.call
        yield from _permissions(inner)


def key_of(request: Request) -> CommandId:
    """The Idempotency-Key, checked before any handler runs."""
    key: CommandId = request.state.idempotency_key
    return key


async def seed_of(request: Request, who: str) -> bytes:
    """32 secret bytes that are the same whenever `who` repeats this request, in whatever process: what is drawn from
    them is drawn once, though nobody ever had the answer."""
    ports: Ports = request.app.state.ports
    told = f"{who} {request.method} {request.url.path} {key_of(request)}\0".encode() + await request.body()
    return hmac.digest(ports.id_keys()[0], b"estrado-seed-of-request.v1\0" + told, "sha256")


async def _once(request: Request, handler: Handler, required: tuple[RequirePermission, ...]) -> Response:
    ports: Ports = request.app.state.ports
    try:
        # Before a byte of the body is read, and before anything is stored: strangers fill neither disk nor table.
        for permission in required:
            await permission.refuse_stranger(request)
        who = await caller_of(request)
        key = request.state.idempotency_key = await _key(request)
        address = request.client.host if request.client and who.ref == "anyone" else ""
        scope = f"{who.ref}{address} POST {request.url.path}"
        begun = await _begin(ports, scope, key, [await _digest(request, secret) for secret in ports.id_keys()])
        if begun.state == "conflict":
            raise Refusal(IDEMPOTENCY_KEY_REUSED)
        if begun.state == "in_progress":
            raise Refusal(REQUEST_IN_PROGRESS)
    except (EstradoError, HTTPException) as error:
        log_server_error(request, error)
        return problem_response(request, error)
    if begun.response is not None:
        return _again(begun.response)
    return await _first(request, handler, ports, scope, key)


async def _first(request: Request, handler: Handler, ports: Ports, scope: str, key: str) -> Response:
    malformed = False
    try:
        response = await handler(request)
    except (EstradoError, RequestValidationError, HTTPException) as error:
        log_server_error(request, error)
        malformed = isinstance(error, RequestValidationError | HTTPException) or _is_no_json(error)
        response = problem_response(request, error)
    except BaseException:
        await ports.idempotency.abandon(scope, key)
        raise
    # An answer that carries a session is not kept: whoever repeats the request shows the secret again and gets another.
    if malformed or response.status_code in NOT_KEPT or response.status_code >= 500 or "set-cookie" in response.headers:
        await ports.idempotency.abandon(scope, key)
    else:
        await ports.idempotency.finish(scope, key, _kept(response))
    return response


def _is_no_json(error: Exception) -> bool:
    return isinstance(error, Refusal) and error.code == "json_malformed"


async def _begin(ports: Ports, scope: str, key: str, digests: Sequence[Sha256]) -> Begun:
    """`digests`: with each key of ours; the first request may have come before the newest was there."""
    deadline = asyncio.get_running_loop().time() + WAIT
    while True:
        for digest in digests:
            begun = await ports.idempotency.begin(scope, key, digest, now())
            if begun.state != "conflict":
                break
        if begun.state != "in_progress" or asyncio.get_running_loop().time() > deadline:
            return begun
        await asyncio.sleep(ASK_AGAIN)


async def _key(request: Request) -> CommandId:
    key = request.headers.get("idempotency-key", "").strip('"')
    if not key and "form" in request.headers.get("content-type", ""):
        key = str((await request.form()).get("key", ""))  # a plain HTML form cannot send headers
    if not _KEY.fullmatch(key):
        raise Refusal(IDEMPOTENCY_KEY_MISSING)
    return CommandId(key)


async def _digest(request: Request, secret: bytes) -> Sha256:
    """The fingerprint of a request, to tell whether the same key comes with another one.

    An HMAC and not a plain hash: some requests hold a password or a PIN, which could be guessed from a hash."""
    digest = hmac.new(secret, b"estrado-idempotency.v1\0", hashlib.sha256)
    digest.update(f"{request.method} {request.url.path}?{request.url.query}\0".encode())
    if "multipart/form-data" not in request.headers.get("content-type", ""):
        digest.update(await request.body())
        return Sha256(digest.hexdigest())
    # A browser that sends a form again chooses another boundary: the parts are compared, not the bytes.
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            await value.seek(0)
        else:
            content = b"" if name == "csrf" else value.encode()
        digest.update(f"{name}\0{len(content)}\0".encode() + hashlib.sha256(content).digest())
    return Sha256(digest.hexdigest())


def _kept(response: Response) -> StoredResponse:
    return StoredResponse(
        status=response.status_code,
        media_type=response.media_type or response.headers.get("content-type", "application/json"),
        body=bytes(response.body),
        headers={name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers},
    )


def _again(stored: StoredResponse) -> Response:
    headers = {**stored.headers, "Idempotency-Replayed": "true"}
    return Response(stored.body, stored.status, headers, stored.media_type)
