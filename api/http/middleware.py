"""What every answer carries, whoever made it: security headers, a trace id, a line in the log without personal data."""

import asyncio
import logging
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from urllib.parse import unquote_plus, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import RefusedReading
from api.http.tracing import current_trace_id
from domain.errors import Refusal
from domain.files import LARGEST_FORM
from domain.text import refuse_unreadable
from settings import ApiSettings

LARGEST_BODY = 1024 * 1024
"""Bytes of an ordinary request."""

SECONDS_FOR_A_PART = 10.0
"""The longest between two parts of a body: who sends slower holds a connection that others want."""

SECONDS_FOR_A_BODY = 30.0
SECONDS_FOR_AN_UPLOAD = 600.0

Explain = Callable[[Request, Exception], Awaitable[Response]]

log = logging.getLogger("api.access")

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")


def rooms_url(settings: ApiSettings, media: str = "") -> str:
    """Where the browser finds the signalling of the rooms that the media process `media` holds."""
    if media in settings.media_urls:
        return settings.media_urls[media]
    secure = urlsplit(settings.public_url).scheme == "https"
    return f"{'wss' if secure else 'ws'}://{settings.rooms_host}:{settings.rooms_port}/ws"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def security_headers(settings: ApiSettings) -> dict[str, str]:
    """Standard: OWASP ASVS 5.0 V3.4. Nothing inline, nothing from elsewhere, nobody frames us."""
    sockets = {_origin(url) for url in (rooms_url(settings), *settings.media_urls.values())}
    scanner = [_origin(settings.scanner_url)] if settings.scanner_url else []
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: data:",
        "font-src": "'self'",
        "media-src": "'self' blob:",
        "connect-src": " ".join(["'self'", *sorted(sockets), *scanner]),
        "worker-src": "'self'",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        # Law: RD 1109/2015; not even the address of a page may tell others where a person was.
        # scar: with `no-referrer` browsers send `Origin: null` with our own forms, which then look forged.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    if settings.cookie_secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    return headers


class Envelope:
    """Pure ASGI, so that streams (SSE, documents) pass through unbuffered."""

    def __init__(self, app: ASGIApp, settings: ApiSettings, explain: Explain) -> None:
        self._app = app
        self._headers = security_headers(settings)
        self._explain = explain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        trace = current_trace_id() or _trace_id(scope)
        scope.setdefault("state", {})["trace_id"] = trace
        began = time.perf_counter()
        status, begun = 500, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                self._put_headers(MutableHeaders(scope=message), scope["path"], trace)
            await send(message)

        try:
            _refuse_unlooked(scope)
            await self._app(scope, limit_body(scope, receive), send_with_headers)
        # Here and not further out: the server would write the words of the error, which may be personal, to its log.
        except Exception as error:
            response = await self._explain(Request(scope, receive), error)
            if not begun:
                await response(scope, receive, send_with_headers)
        finally:
            if not scope["path"].startswith(("/static/", "/healthz")):
                _log(scope, status, time.perf_counter() - began, trace)

    def _put_headers(self, headers: MutableHeaders, path: str, trace: str) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers["X-Request-Id"] = trace
        # What is shared is looked up again each time (ETag); what is somebody's is never kept (a kiosk's back button).
        headers["Cache-Control"] = "no-cache" if path.startswith("/static/") else "no-store"


def limit_body(scope: Scope, receive: Receive) -> Receive:
    """`receive`, until the body is larger than its kind of request may be: then HTTP 413, wherever it is being read.

    HTTP 408 where it does not come in time. What is received after it, as by streams, may take as long as it takes.

    What a form says is looked at as what an address says; JSON is looked at by `strict_json`.
    """
    limit = LARGEST_FORM if _is_upload(scope) else LARGEST_BODY
    told = Headers(scope=scope).get("content-length", "")
    seen = int(told) if told.isdecimal() and int(told) > limit else 0
    is_form = Headers(scope=scope).get("content-type", "").lower().startswith("application/x-www-form-urlencoded")
    typed = bytearray()
    whole = False
    until = asyncio.get_running_loop().time() + (SECONDS_FOR_AN_UPLOAD if _is_upload(scope) else SECONDS_FOR_A_BODY)

    async def receive_counted() -> Message:
        nonlocal seen, whole
        if seen > limit:
            raise HTTPException(413)
        message = await (receive() if whole else _in_time(receive, until))
        whole = whole or not message.get("more_body")
        if message["type"] == "http.request":
            body = message.get("body", b"")
            seen += len(body)
            typed.extend(body if is_form and seen <= limit else b"")
        if seen > limit:
            raise HTTPException(413)
        if is_form and not message.get("more_body"):
            _refuse_unreadable(typed)
        return message

    return receive_counted


async def _in_time(receive: Receive, until: float) -> Message:
    try:
        async with asyncio.timeout(min(SECONDS_FOR_A_PART, until - asyncio.get_running_loop().time())):
            return await receive()
    except TimeoutError as late:
        raise HTTPException(408) from late


def _is_upload(scope: Scope) -> bool:
    return bool(scope["path"].endswith("/uploads"))


def _refuse_unlooked(scope: Scope) -> None:
    """Raises for an address that says what no text may, and for a form in parts where no file is asked for."""
    _refuse_unreadable(scope["raw_path"])
    _refuse_unreadable(scope["query_string"])
    if scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return  # what comes as a body is not read
    in_parts = Headers(scope=scope).get("content-type", "").lower().startswith("multipart/")
    if in_parts and not _is_upload(scope):
        raise HTTPException(415)


def _refuse_unreadable(typed: bytes | bytearray) -> None:
    """`typed` is what an address or a form says, percent-encoded (F-47)."""
    try:
        refuse_unreadable(unquote_plus(typed.decode("latin-1")))
    except Refusal as refusal:
        raise RefusedReading(refusal) from refusal


def _trace_id(scope: Scope) -> str:
    """That of the caller (W3C Trace Context) or a new one."""
    for name, value in scope["headers"]:
        if name == b"traceparent" and (found := _TRACEPARENT.fullmatch(value.decode("latin-1"))):
            return found[1]
    return secrets.token_hex(16)


def _log(scope: Scope, status: int, seconds: float, trace: str) -> None:
    # The route's pattern and not the path: what a stranger types into an address is not ours to keep.
    route = getattr(scope.get("route"), "path", "-")
    log.info("%s %s %s %.0fms %s", scope["method"], route, status, seconds * 1000, trace)
