"""Who asks for an access token, and how they showed it (RFC 6749, 2.3 and 4.4)."""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote_plus

from api.ports import Ports
from api.services.client_statements import NotAStatement, certificates_of, statement_in, system_named_in
from domain.access.api_keys import EVIDENCE, ApiKey

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class TokenRefused(Exception):
    """Standard: RFC 6749, 5.2. The message is for the developers of the system that asked."""

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error

    @property
    def status(self) -> int:
        return 401 if self.error == "invalid_client" else 400


class Client(NamedTuple):
    key: ApiKey
    certificate: str | None = None
    """With which it showed who it is, SHA-256 in hexadecimal: its token is bound to it."""


async def client_of(
    ports: Ports,
    authorization: str,
    form: Mapping[str, str],
    certificate: str | None,
    audiences: tuple[str, ...],
    now: datetime,
) -> Client:
    """The system that has shown who it is, in one way. `certificate`: what it showed in TLS. Raises `TokenRefused`."""
    scheme, _, shown = authorization.partition(" ")
    by_header, by_form = scheme.lower() == "basic", "client_secret" in form
    by_statement = "client_assertion" in form or "client_assertion_type" in form
    by_certificate = certificate is not None and not (by_header or by_form or by_statement)
    if by_header + by_form + by_statement + by_certificate != 1:
        raise TokenRefused("invalid_request", "show a client_secret, a client_assertion or a certificate, in one place")
    if by_statement:
        return Client(await _by_statement(ports, form, audiences, now))
    if by_certificate:
        return Client(await _by_certificate(ports, form.get("client_id", ""), certificate), certificate)
    named, secret = _of_header(shown) if by_header else (form.get("client_id", ""), form["client_secret"])
    key = await ports.api_keys.find(secret)
    if key is None or key.id != named:
        raise TokenRefused("invalid_client", "client_id is the id of the key, client_secret the whole key")
    return Client(key)


def scopes_of(key: ApiKey, asked: str) -> tuple[str, ...]:
    """Those that were asked for, else all of the key; `evidence` brings `procedures`. Raises `TokenRefused`."""
    wanted = set(asked.split())
    if not wanted <= set(key.scopes):
        raise TokenRefused("invalid_scope", f"this client may ask for: {' '.join(key.scopes)}")
    return key.scopes if not wanted or EVIDENCE in wanted else tuple(wanted)


async def _by_statement(ports: Ports, form: Mapping[str, str], audiences: tuple[str, ...], now: datetime) -> ApiKey:
    if form.get("client_assertion_type") != JWT_BEARER:
        raise TokenRefused("invalid_request", f"client_assertion_type is {JWT_BEARER}")
    text = form.get("client_assertion", "")
    try:
        named = system_named_in(text)
        key = await ports.api_keys.get(named)
        if key is None or form.get("client_id", named) != named:
            raise NotAStatement("sub is no client of ours, or client_id is another one")
        statement = statement_in(text, key, audiences, now)
    except NotAStatement as odd:
        raise TokenRefused("invalid_client", str(odd)) from odd
    if not await ports.access_tokens.use_statement(key.id, statement.jti, statement.ends_at):
        raise TokenRefused("invalid_client", "this client_assertion has served already: sign another, with a new jti")
    return key


async def _by_certificate(ports: Ports, named: str, certificate: str | None) -> ApiKey:
    """Standard: RFC 8705, 2.2: the certificate is one of those that are registered with its keys (`x5c`)."""
    key = await ports.api_keys.get(named)
    if key is None or certificate not in certificates_of(key.public_keys):
        raise TokenRefused("invalid_client", "client_id is no client of ours, or the certificate is none of its own")
    return key


def _of_header(shown: str) -> tuple[str, str]:
    """Standard: RFC 6749, 2.3.1: both are form-encoded before they are joined."""
    try:
        named, _, secret = base64.b64decode(shown, validate=True).decode().partition(":")
    except (binascii.Error, ValueError) as odd:
        raise TokenRefused("invalid_client", "Authorization is not well formed") from odd
    return unquote_plus(named), unquote_plus(secret)
