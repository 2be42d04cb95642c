"""The pass with which a person enters one room of a procedure: signed by the API, checked by the media process.

It says who comes in and whether the workflow has admitted them; it must never carry more personal data than the
label on the person's own picture, because it travels through the browser.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints, ValidationError

from domain.base import Value
from domain.codes.key_files import KEY_BYTES
from domain.errors import PersonMustAct
from domain.ids import RoomId, main_room

LIFETIME = timedelta(seconds=60)
"""The longest a token may still have to live when it is shown; a browser asks for a fresh one per connection."""

MOST_SEATS = 24
"""More pictures than that no screen shows, and one media process carries."""


class RoomTokenRefused(PersonMustAct):
    """The token opens no door; `code` is a `RoomTokenFault`. Asking the API for a new one is the only remedy."""


class RoomClaims(Value):
    """What a token states. `label` is shown on the tile of the person; `jti` makes the token single use."""

    procedure: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    room: Annotated[RoomId, StringConstraints(min_length=1, max_length=120)] = Field(
        default_factory=lambda told: main_room(told["procedure"])
    )
    participant: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    role: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    label: Annotated[str, StringConstraints(max_length=80)]
    admitted: bool
    hosts: bool = False
    """Lets people in, and is let in however full the room is."""
    seats: Annotated[int, Field(ge=2, le=MOST_SEATS)] = 6
    """How many people the type of the procedure allows."""
    paused: bool = False
    """The act is in recess: for a media process that began anew meanwhile."""
    muted: bool = False
    """Whoever holds the act has closed their microphone: for a media process that began anew meanwhile."""
    session: Annotated[str, StringConstraints(max_length=80)] = ""
    """Names the session that asked for it, and opens nothing: with it the media end. Empty: an API of before."""
    expires_at: AwareDatetime
    jti: Annotated[str, StringConstraints(min_length=16, max_length=64)]


def mint(key: bytes, claims: RoomClaims) -> str:
    """Sign `claims`: base64url(JSON) + "." + base64url(HMAC-SHA256). `key` has at least 32 bytes (RFC 2104, 3)."""
    body = _encode(claims.model_dump_json().encode())
    return f"{body}.{_encode(_signature(key, body))}"


def verify(keys: Sequence[bytes], token: str, now: datetime) -> RoomClaims:
    """Return the claims of a token that is ours and alive at `now` (aware). Raise `RoomTokenRefused` otherwise.

    Any of `keys` may have signed it: while the key is being changed, the one before is good too.

    Single use is not decided here: only the process that admits people can remember which `jti` it has seen.
    """
    body, _, signature = token.partition(".")
    # The signature is compared before anything is parsed: a stranger's bytes never reach the JSON parser.
    # As it was written, and not what it decodes to: base64 has several spellings of the same bytes.
    shown = signature.encode("utf-8", "replace")
    if not any(hmac.compare_digest(_encode(_signature(key, body)).encode(), shown) for key in keys):
        raise RoomTokenRefused("forged")
    try:
        claims = RoomClaims.model_validate(json.loads(_decode(body)))
    except (ValueError, ValidationError) as fault:
        raise RoomTokenRefused("malformed") from fault
    if claims.expires_at <= now:
        raise RoomTokenRefused("expired")
    if claims.expires_at - now > LIFETIME:
        raise RoomTokenRefused("too_long_lived")
    return claims


def _signature(key: bytes, body: str) -> bytes:
    if len(key) < KEY_BYTES:
        raise ValueError(f"room token key has {len(key)} bytes, at least {KEY_BYTES} are needed")
    return hmac.new(key, b"estrado-room-token.v1." + body.encode("utf-8", "replace"), hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, UnicodeEncodeError) as fault:
        raise RoomTokenRefused("malformed") from fault
