"""Credentials for the relay of media: good for a while, made without asking the relay.

Standard: draft-uberti-behave-turn-rest-00, which coturn calls `use-auth-secret`. RFC 8656, 9.2 (long-term credentials).
"""

import base64
import hashlib
import hmac
from datetime import datetime

from domain.base import Value


class RelayCredentials(Value):
    username: str
    """Unix second at which they end, and a name that says nothing of the person."""
    password: str


def relay_credentials(secret: bytes, name: str, until: datetime) -> RelayCredentials:
    """`secret`: as the relay has it; `until`: aware. An allocation begun before that second may go on after it."""
    username = f"{int(until.timestamp())}:{name}"
    # SHA-1 because the relays speak it: as an HMAC, with a secret that is guessed by nobody.
    digest = hmac.new(secret, username.encode(), hashlib.sha1).digest()
    return RelayCredentials(username=username, password=base64.b64encode(digest).decode())
