"""The certificate that a system shows in TLS, as the proxy before the api tells it.

Standard: RFC 9440 (Client-Cert), RFC 8705 (certificates of OAuth 2.0 clients). Nobody but the proxies that the operator
names is believed: what anybody else says of a certificate is taken away before it is read.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Container
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
    addressed = ProxyHeadersMiddleware(cast(Any, app), believed)
    return ClientCertificates(cast(ASGIApp, addressed), cast(Container[str | None], addressed.trusted_hosts))


def certificate_of(request: HTTPConnection) -> str | None:
    """SHA-256 of the certificate that was shown (DER), in hexadecimal."""
    found: str | None = request.scope.get(FOUND)
    return found


class ClientCertificates:
    def __init__(self, app: ASGIApp, believed: Container[str | None]) -> None:
        """`believed`: the addresses of the proxies, as the server itself reads them."""
        self._app = app
        self._believed = believed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        told = [value for name, value in scope["headers"] if name == HEADER]
        kept = [(name, value) for name, value in scope["headers"] if name != HEADER]
        address = scope["client"][0] if scope.get("client") else None
        certificate = _sha256(told[0]) if len(told) == 1 and address in self._believed else None
        await self._app({**scope, "headers": kept, FOUND: certificate}, receive, send)


def _sha256(value: bytes) -> str | None:
    """Of a byte sequence (RFC 8941, 3.3.5); None for anything else."""
    found = _BYTES.fullmatch(value.decode("latin-1").strip())
    try:
        return hashlib.sha256(base64.b64decode(found[1], validate=True)).hexdigest() if found else None
    except binascii.Error:
        return None
