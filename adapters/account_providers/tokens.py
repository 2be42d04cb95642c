"""Whether an id_token is a fresh answer of that provider to that request (OpenID Connect Core 1.0, 3.1.3.7)."""

import hmac
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeGuard

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from domain.access.account_providers import AccountProvider, SaidByProvider, SignInRequest

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Keys of which only the provider has the private half: no `none`, and nothing that our own secret could sign."""

CLOCKS_DIFFER = 60
"""Seconds that two clocks may be apart."""

OLDEST = 600
"""Seconds since it was signed."""

CLOCKS_OF_PROVIDER_DIFFER = 5
"""Seconds between the machines of one provider, and what whole seconds leave out."""

STATEMENT_LASTS = 60
LONGEST_NAME = 254
LONGEST_SUBJECT = 255


class NotAnAnswer(Exception):
    """The message is for the log of whoever runs the installation, and names nobody."""


class NotAskedAgain(NotAnAnswer):
    """The account was to be shown again, and the provider does not say that it has been since."""


def kid_of(token: str) -> str | None:
    """Which key a token says it is signed with. Raises `NotAnAnswer`."""
    try:
        kid = jws.extract_compact(token.encode()).headers().get("kid")
    except (JoseError, ValueError, UnicodeError) as odd:
        raise NotAnAnswer("id_token is none") from odd
    return kid if isinstance(kid, str) else None


def said_in(token: str, keys: KeySet, provider: AccountProvider, request: SignInRequest) -> SaidByProvider:
    """Raises `NotAnAnswer`."""
    try:
        claims = jwt.decode(token, keys, algorithms=SIGNED_WITH).claims
    except (JoseError, ValueError, UnicodeError, RecursionError) as odd:
        raise NotAnAnswer(f"id_token is not signed by the provider: {type(odd).__name__}") from odd
    _refuse_others(claims, provider, request)
    _refuse_old(claims)
    if request.again is not None:
        _refuse_shown_earlier(claims, request)
    subject, named = claims.get("sub"), claims.get(provider.claim)
    if not _is_text(subject, LONGEST_SUBJECT):
        raise NotAnAnswer("id_token tells no subject")
    if not _is_text(named, LONGEST_NAME):
        raise NotAnAnswer("id_token lacks the claim that names the account")
    if provider.claim == "email" and claims.get("email_verified", True) is not True:
        raise NotAnAnswer("the provider has not verified the address")
    amr, acr = claims.get("amr"), claims.get("acr")
    return SaidByProvider(
        subject=subject,
        named=named,
        amr=frozenset(word for word in amr if isinstance(word, str)) if isinstance(amr, list) else frozenset(),
        acr=acr if isinstance(acr, str) else "",
    )


def _is_text(value: object, longest: int) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value.strip()) <= longest and value.isprintable()


def _refuse_others(claims: Mapping[str, Any], provider: AccountProvider, request: SignInRequest) -> None:
    if claims.get("iss") != provider.issuer:
        raise NotAnAnswer("id_token is of another issuer")
    told = claims.get("aud")
    audience = told if isinstance(told, list) else [told]
    # Nobody else is expected to read it, so whoever else is named is not trusted (Core 3.1.3.7, 3).
    if audience != [provider.client_id] or claims.get("azp", provider.client_id) != provider.client_id:
        raise NotAnAnswer("id_token is for another client, or for another too")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), request.nonce.encode()):
        raise NotAnAnswer("id_token answers another request")


def _refuse_old(claims: Mapping[str, Any]) -> None:
    now = time.time()
    until, since = _moment(claims, "exp"), _moment(claims, "iat")
    if until <= now - CLOCKS_DIFFER:
        raise NotAnAnswer("id_token has expired")
    if since > now + CLOCKS_DIFFER or _moment(claims, "nbf", since) > now + CLOCKS_DIFFER:
        raise NotAnAnswer("id_token is of the future: compare the clocks")
    if since < now - OLDEST:
        raise NotAnAnswer("id_token is old")


def _refuse_shown_earlier(claims: Mapping[str, Any], request: SignInRequest) -> None:
    """Core 3.1.3.7, 13. Both moments are by the clock of the provider: how ours differs from it does not count."""
    if "auth_time" not in claims:
        raise NotAskedAgain("id_token does not say when the account was shown")
    ago = _moment(claims, "iat") - _moment(claims, "auth_time")
    since = time.time() - request.begun_at.timestamp()
    if not -CLOCKS_OF_PROVIDER_DIFFER <= ago <= since + CLOCKS_OF_PROVIDER_DIFFER:
        raise NotAskedAgain("the account was shown before it was asked for")


def _moment(claims: Mapping[str, Any], name: str, otherwise: float | None = None) -> float:
    value = claims.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAnAnswer(f"id_token tells no {name}")
    return float(value)


def signed_statement(key_file: Path, client_id: str, audience: str) -> str:
    """In place of a secret: private_key_jwt (Core 9, RFC 7523)."""
    pem = key_file.read_bytes()
    is_rsa = isinstance(load_pem_private_key(pem, None), RSAPrivateKey)
    key = RSAKey.import_key(pem) if is_rsa else ECKey.import_key(pem)
    now = int(time.time())
    told = {"iss": client_id, "sub": client_id, "aud": audience, "jti": secrets.token_urlsafe(24), "iat": now}
    algorithm = "RS256" if is_rsa else "ES256"
    header = {"alg": algorithm, "kid": key.thumbprint()}
    return jwt.encode(header, {**told, "exp": now + STATEMENT_LASTS}, key, algorithms=[algorithm])
