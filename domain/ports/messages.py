"""Mails and text messages."""

from typing import Protocol

from domain.base import Value


class SmsSender(Protocol):
    async def send(self, message_id: str, number: str, text: str) -> None:
        """Hand a message to the gateway; the same `message_id` is sent once."""


class Mail(Value):
    message_id: str
    """Deterministic: the relay and the outbox know a mail by it."""
    sender: str
    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[tuple[str, str, bytes], ...] = ()
    """(file name, media type, bytes)."""
    calendar: tuple[str, bytes] | None = None
    """An entry for a calendar (RFC 5545): its method, and its bytes."""


class MailRelay(Protocol):
    async def send(self, mail: Mail) -> str:
        """Hand over `mail` and return the relay's final reply. The same Message-ID is delivered once.

        Raises `PersonMustAct('mail_refused')` for a permanent (5xx) refusal.
        """
