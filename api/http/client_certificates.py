"""The certificate that a system shows in TLS, as the proxy before the api tells it.

Standard: RFC 9440 (Client-Cert), RFC 8705 (certificates of OAuth 2.0 clients). Nobody but the proxies that the operator
names is believed: what anybody else says of a certificate is taken away before it is read.
"""

import base64
import binascii
import hashlib
import ipaddress
import re
from collections.abc import Sequence
from typing import Any, cast

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

HEADER = b"client-cert"
FOUND = "estrado.client_certificate"
_BYTES = re.compile(r":([A-Za-z0-9+/=]+):")


def behind_proxies(app: ASGIApp, believed: str) -> ASGIApp:
    """`app` as it is served: with the addresses and certificates that `believed` proxies tell, and no other's.

    Limits count by address, and tokens are bound to certificates: nobody may choose theirs.
    """
    if not believed:
        return ClientCertificates(app, ())
    addressed = cast(ASGIApp, ProxyHeadersMiddleware(cast(Any, app), believed))
    return ClientCertificates(addressed, [one.strip() for one in believed.split(",")])


def certificate_of(request: HTTPConnection) -> str | None:
    """SHA-256 of the certificate that was shown (DER), in hexadecimal."""
    found: str | None = request.scope.get(FOUND)
    return found


class ClientCertificates:
    def __init__(self, app: ASGIApp, believed: Sequence[str]) -> None:
        self._app = app
        self._everybody = "*" in believed
        self._networks = [ipaddress.ip_network(one, strict=False) for one in believed if one != "*"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        told = [value for name, value in scope["headers"] if name == HEADER]
        kept = [(name, value) for name, value in scope["headers"] if name != HEADER]
        certificate = _sha256(told[0]) if len(told) == 1 and self._believes(scope.get("client")) else None
        await self._app({**scope, "headers": kept, FOUND: certificate}, receive, send)

    def _believes(self, client: tuple[str, int] | None) -> bool:
        if self._everybody:
            return True
        try:
            address = ipaddress.ip_address(client[0] if client else "")
        except ValueError:
            return False
        return any(address in network for network in self._networks)


def _sha256(value: bytes) -> str | None:
    """Of a byte sequence (RFC 8941, 3.3.5); None for anything else."""
    found = _BYTES.fullmatch(value.decode("latin-1").strip())
    try:
        return hashlib.sha256(base64.b64decode(found[1], validate=True)).hexdigest() if found else None
    except binascii.Error:
        return None
