"""Telling regional systems what the journal says: one message at a time to each address, until it is taken."""

from datetime import UTC, datetime, timedelta

from temporalio import activity

from activities.orders import TellSystem, Told
from domain.access.webhooks import is_given_up, wait_after
from domain.codes.webhook_signatures import signed_headers
from domain.ports.webhooks import WebhookOutbox, WebhookSender

TAKEN = frozenset(map(str, range(200, 300)))
"""Standard: Standard Webhooks, any answer 2xx."""


class Webhooks:
    """Whoever is told asks with a key for what it is about: the message names no person and no matter."""

    def __init__(self, outbox: WebhookOutbox, sender: WebhookSender) -> None:
        self._outbox = outbox
        self._sender = sender

    @activity.defn
    async def find_systems_to_tell(self) -> list[str]:
        """The addresses for which something waits."""
        return list(await self._outbox.waiting())

    @activity.defn
    async def tell_system(self, order: TellSystem) -> Told:
        """Send the oldest message of an address once. A repeat sends it again under the same id."""
        now = datetime.now(UTC)  # a signature is of the minute in which it is sent
        message = await self._outbox.next(order.endpoint, now)
        if message is None:
            return Told(more=False)
        body = message.body()
        headers = signed_headers(message.secrets, message.id, int(now.timestamp()), body)
        answer = await self._sender.post(message.url, {**headers, "content-type": "application/json"}, body)
        if answer in TAKEN:
            await self._outbox.delivered(message.id, answer, now)
            return Told()
        give_up = is_given_up(message, now)
        await self._outbox.failed(message.id, answer, now, give_up=give_up)
        return Told(wait=timedelta(0) if give_up else wait_after(message.attempts + 1, order.first_wait))
