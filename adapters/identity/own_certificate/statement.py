"""What the listener says it saw: which certificate a browser proved to hold, when, and for which request (a JWS)."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

ALGORITHM = "ES256"
KIND = "own-certificate+jwt"
"""So that nothing else that is signed with the same key could be taken for one."""


class NoStatement(Exception):
    """It is not to be believed; the text says why, for the log and the tests."""


@dataclass(frozen=True)
class Statement:
    issuer: str
    """Address of the listener."""
    audience: str
    """Where it is to be brought."""
    request: str
    """Id of the request that was brought over the same connection."""
    handshake: str
    """64 hexadecimal digits that the handshake alone gives, over the request (RFC 5705, RFC 9266 for TLS 1.3)."""
    at: datetime
    """When the handshake was finished; whole seconds."""
    protocol: str
    certificate: bytes
    """DER. The private key was used in the handshake. Empty: the browser showed none."""
    status: bytes
    """DER: what the authority's OCSP responder said of it then (RFC 6960); empty: nothing was to be had."""

    def signed(self, key: ECKey) -> str:
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": self.audience,
            "request": self.request,
            "handshake": self.handshake,
            "iat": int(self.at.timestamp()),
            "protocol": self.protocol,
            "certificate": base64.b64encode(self.certificate).decode(),
            "status": base64.b64encode(self.status).decode(),
        }
        return jwt.encode({"alg": ALGORITHM, "typ": KIND}, claims, key, algorithms=[ALGORITHM])


def read_key(path: Path) -> ECKey:
    return ECKey.import_key(path.read_bytes())


def statement_in(text: str, key: ECKey) -> Statement:
    """Raises `NoStatement` for anything but a whole one, signed with that key."""
    try:
        token = jwt.decode(text, key, algorithms=[ALGORITHM])
        if token.header.get("typ") != KIND:
            raise NoStatement("of another kind")
        claims = token.claims
        words = [claims[name] for name in ("iss", "aud", "request", "handshake", "protocol", "certificate", "status")]
        if not all(isinstance(word, str) for word in words) or type(claims["iat"]) is not int:
            raise NoStatement("a part is of another form")
        issuer, audience, request, handshake, protocol, certificate, status = words
        return Statement(
            issuer=issuer,
            audience=audience,
            request=request,
            handshake=handshake,
            at=datetime.fromtimestamp(claims["iat"], UTC),
            protocol=protocol,
            certificate=base64.b64decode(certificate, validate=True),
            status=base64.b64decode(status, validate=True),
        )
    except (JoseError, KeyError, ValueError, OverflowError, RecursionError, UnicodeError) as error:
        raise NoStatement(f"not one of the listener's: {type(error).__name__}") from error
