"""Addresses at which a regional system is told what happens, and the messages that wait for them."""

import ipaddress
import json
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field

from domain.access.coverage import EVERYTHING, Coverage
from domain.addresses import may_be_called
from domain.base import Value
from domain.errors import Refusal
from domain.ids import AdministrationId, ProcedureId
from domain.journal.chain import instant
from domain.refusals.webhooks import WEBHOOK_ADDRESS_UNFIT

GIVEN_UP_AFTER = timedelta(days=3)
"""A message that nobody has taken for so long waits for a person, and the next one is tried."""

LONGEST_WAIT = timedelta(minutes=30)
"""Between two attempts: a system that comes back hears soon of what it missed."""

BOTH_SECRETS_FOR = timedelta(hours=24)
"""A new secret and the one before sign together for so long."""

KEPT_FOR = timedelta(days=30)
"""A message that was taken, or given up, is shown for so long."""

MOST_ENDPOINTS = 10
"""Of one Administration: each event goes to all of them."""


class Endpoint(Value):
    """One address of one Administration."""

    id: str
    administration: AdministrationId
    label: str
    url: str
    coverage: Coverage = EVERYTHING
    """What happens in which procedures of the Administration is told there."""
    registered_at: AwareDatetime
    waiting: int = 0
    """Messages that are still to be taken."""
    given_up: int = 0


class RegisteredEndpoint(Value):
    secret: str = Field(repr=False)
    """`whsec_` and base64: shown once, and kept sealed."""
    endpoint: Endpoint


class Delivery(Value):
    """One message to one address, as its administrator sees it."""

    id: str
    """`webhook-id`."""
    event: str
    procedure: ProcedureId
    happened_at: AwareDatetime
    attempts: int = 0
    attempted_at: AwareDatetime | None = None
    answer: str | None = None
    """Of the last attempt: an HTTP status, or the kind of trouble."""
    delivered_at: AwareDatetime | None = None
    given_up_at: AwareDatetime | None = None


class Message(Value):
    """What is sent next to an address, with all that is needed to send it."""

    id: str
    url: str
    secrets: tuple[bytes, ...] = Field(repr=False)
    event: str
    procedure: ProcedureId
    external_id: str | None
    seq: int
    happened_at: AwareDatetime
    waits_since: AwareDatetime
    attempts: int

    def body(self) -> bytes:
        """Who, where and that something happened: what it is about is asked for with a key, and noted."""
        data = {"procedure": self.procedure, "external_id": self.external_id, "seq": self.seq}
        told = {"type": self.event, "timestamp": instant(self.happened_at), "data": data}
        return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def wait_after(attempts: int, first: timedelta) -> timedelta:
    """How long to wait after so many attempts that failed."""
    doubled: int = 2 ** min(attempts - 1, 16)
    return min(first * doubled, LONGEST_WAIT)


def is_given_up(message: Message, now: datetime) -> bool:
    return now - message.waits_since >= GIVEN_UP_AFTER


def refuse_unfit(url: str, *, private: bool) -> None:
    """Raises `Refusal('webhook_address_unfit')` unless it is https, to a named host or an address that may be called.

    `private`: the setting of a local stack, where plain http and addresses of the house are good.
    What a name leads to is looked at again with each message.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise Refusal(WEBHOOK_ADDRESS_UNFIT) from None
    schemes = {"https", "http"} if private else {"https"}
    if parts.scheme not in schemes or not host or parts.username is not None or parts.fragment:
        raise Refusal(WEBHOOK_ADDRESS_UNFIT)
    if not private and _is_literal(host) and not may_be_called(host):
        raise Refusal(WEBHOOK_ADDRESS_UNFIT)


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit()
    return True
