"""Signatures of webhooks, made and checked. Standard: Standard Webhooks 1.0. Nothing but the standard library."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

TOLERANCE = 300
"""Seconds between the clock of the sender and ours: an older message may be a recording of somebody else's."""


def signature_of(id: str, timestamp: str, body: bytes, secret: str) -> str:
    """One signature, as it stands in the header, by whoever shares `secret` (`whsec_...`)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    right = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(right).decode()}"


def is_genuine(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> bool:
    """True when whoever shares `secret` (`whsec_...`) signed this body under this id a moment ago."""
    id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(now - int(timestamp)) > TOLERANCE:
        return False
    right = signature_of(id, timestamp, body, secret).encode()
    shown = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(right, one.encode()) for one in shown)
