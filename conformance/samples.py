"""Webhooks as the interface sends them, and as it never would: each a message that can be spoilt in one way."""

import base64
import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from conformance.signatures import signature_of


@dataclass(frozen=True)
class Sample:
    event: str
    seq: int
    procedure: str
    happened_at: int
    """Unix time."""
    later: int = 0
    """Seconds from then until it is sent: a message that comes again has the same body and another time of sending."""
    id: str = field(default_factory=lambda: f"msg_{uuid.uuid4().hex}")
    more: dict[str, Any] = field(default_factory=dict)
    """What a later version of the interface may add to `data`."""

    @property
    def body(self) -> bytes:
        said = {
            "type": self.event,
            "timestamp": datetime.fromtimestamp(self.happened_at, UTC).isoformat(timespec="microseconds")[:-6] + "Z",
            "data": {"procedure": self.procedure, "external_id": "KIT-SAMPLE", "seq": self.seq, **self.more},
        }
        return json.dumps(said, separators=(",", ":")).encode()

    def signed(self, *secrets: str) -> dict[str, str]:
        """The three headers of the standard, with one signature a secret."""
        time = str(self.happened_at + self.later)
        signatures = " ".join(signature_of(self.id, time, self.body, secret) for secret in secrets)
        return {"webhook-id": self.id, "webhook-timestamp": time, "webhook-signature": signatures}

    def moved(self, seconds: int) -> Self:
        """The same, sent that much later."""
        return replace(self, later=self.later + seconds)


def other_secret() -> str:
    """One that nobody was given."""
    return "whsec_" + base64.b64encode(uuid.uuid4().bytes * 2).decode()
