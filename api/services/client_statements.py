"""What a regional system says of itself, signed with its own key, in place of a secret of ours.

Standard: RFC 7523, 3 (JWT as client authentication); RFC 7518, 3 (algorithms). We never hold what it signs with.
"""

import hashlib
import json
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

from domain.access.api_keys import LONGEST_STATEMENT, ApiKey
from domain.errors import Refusal
from domain.refusals.access import PUBLIC_KEYS_UNFIT

SIGNED_WITH = ("PS256", "PS384", "PS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Each needs a key whose private half only the system has."""

MOST_KEYS = 4
"""The one in use, the next one, and as many again."""

LEAST_RSA_BITS = 2048
CLOCKS_DIFFER = timedelta(seconds=60)
LONGEST_NAME = 200


class NotAStatement(Exception):
    """The message tells the system's developers what to mend; it holds nothing of what was sent."""


class Statement(NamedTuple):
    jti: str
    ends_at: datetime


def refuse_unfit(public_keys: Mapping[str, Any]) -> None:
    """Raises `Refusal('public_keys_unfit')` for what is no JWK Set of public keys to sign with."""
    listed = public_keys.get("keys")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_KEYS or set(public_keys) != {"keys"}:
        raise Refusal(PUBLIC_KEYS_UNFIT, why="form")
    try:
        if any(_modulus_bits(key) < LEAST_RSA_BITS for key in listed if key.get("kty") == "RSA"):
            raise Refusal(PUBLIC_KEYS_UNFIT, why="short")
        keys = KeySet.import_key_set({"keys": listed}).keys
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as odd:
        raise Refusal(PUBLIC_KEYS_UNFIT, why="form") from odd
    for key, told in zip(keys, listed, strict=True):
        if not isinstance(key, RSAKey | ECKey | OKPKey):
            raise Refusal(PUBLIC_KEYS_UNFIT, why="kind")
        if key.is_private:
            raise Refusal(PUBLIC_KEYS_UNFIT, why="private")
        if not _certified(key, told):
            raise Refusal(PUBLIC_KEYS_UNFIT, why="certificate")


def certificates_of(public_keys: Mapping[str, Any] | None) -> set[str]:
    """SHA-256, in hexadecimal, of each certificate that is registered. Standard: RFC 7517, 4.7; RFC 8705, 2.2.2."""
    listed = (public_keys or {}).get("keys", [])
    return {hashlib.sha256(b64decode(key["x5c"][0])).hexdigest() for key in listed if key.get("x5c")}


def _certified(key: RSAKey | ECKey | OKPKey, told: Mapping[str, Any]) -> bool:
    """Whether the one certificate beside a key, where there is one, is of that key."""
    if "x5c" not in told:
        return True
    try:
        [certificate] = told["x5c"]
        shown = x509.load_der_x509_certificate(b64decode(certificate, validate=True)).public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    of_key, of_certificate = (
        one.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for one in (key.public_key, shown)
    )
    return of_key == of_certificate


def _modulus_bits(key: Mapping[str, Any]) -> int:
    return int.from_bytes(urlsafe_b64decode(key["n"] + "==")).bit_length()


def system_named_in(text: str) -> str:
    """Which system it says that it is of; nothing is believed yet. Raises `NotAStatement`."""
    try:
        claims = json.loads(jws.extract_compact(text.encode()).payload)
    except (JoseError, ValueError, UnicodeError, RecursionError) as odd:
        raise NotAStatement("client_assertion is no JWT") from odd
    named = claims.get("sub") if isinstance(claims, dict) else None
    if not isinstance(named, str) or not 0 < len(named) <= LONGEST_NAME:
        raise NotAStatement("client_assertion has no sub")
    return named


def statement_in(text: str, key: ApiKey, audiences: Collection[str], now: datetime) -> Statement:
    """Raises `NotAStatement` unless it is a fresh statement of that system to us."""
    if not key.public_keys:
        raise NotAStatement("no public keys are registered for this client")
    claims = _signed_claims(text, key.public_keys)
    if claims.get("iss") != key.id or claims.get("sub") != key.id:
        raise NotAStatement("iss and sub are the client_id")
    told = claims.get("aud")
    if not isinstance(told, str | list) or not set(audiences).intersection([told] if isinstance(told, str) else told):
        raise NotAStatement(f"aud is {' or '.join(audiences)}")
    ends_at, begins_at = _moment(claims, "exp"), _moment(claims, "nbf", claims.get("iat", 0))
    if ends_at <= now - CLOCKS_DIFFER:
        raise NotAStatement("client_assertion has expired: compare the clocks")
    if ends_at > now + LONGEST_STATEMENT + CLOCKS_DIFFER:
        raise NotAStatement(f"exp lies more than {LONGEST_STATEMENT.seconds} seconds ahead")
    if begins_at > now + CLOCKS_DIFFER:
        raise NotAStatement("client_assertion is of the future: compare the clocks")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_NAME:
        raise NotAStatement("client_assertion has no jti")
    return Statement(jti, ends_at + CLOCKS_DIFFER)


def _signed_claims(text: str, public_keys: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it says, if one of the keys signed it: which one, a statement need not name (RFC 7515, 4.1.4)."""
    for key in KeySet.import_key_set({"keys": public_keys["keys"]}).keys:
        try:
            return jwt.decode(text, key, algorithms=SIGNED_WITH).claims
        except (JoseError, ValueError, UnicodeError, RecursionError):
            continue
    raise NotAStatement("client_assertion is not signed with a registered key")


def _moment(claims: Mapping[str, Any], name: str, otherwise: object = None) -> datetime:
    value = claims.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAStatement(f"client_assertion has no {name}")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError) as odd:
        raise NotAStatement(f"{name} is no moment") from odd
