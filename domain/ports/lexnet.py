"""Certified delivery between bodies of justice (LexNET): a request goes out once, and answers wait in a mailbox."""

from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import Sha256


class PackageFile(Value):
    name: str
    sha256: Sha256
    media_type: str
    content: bytes


class LexnetPackage(Value):
    """One delivery: the main document first, then each attachment in a file of its own (RD 1065/2015, Annex IV)."""

    message: str
    """Named by whoever sends it, for good."""
    about: str
    """The procedure: answers say it."""
    sender: str
    """Mailbox of the body that sends."""
    recipient: str
    case_number: str
    instrument: str
    state: str
    language: str
    files: tuple[PackageFile, ...]


class FiledReceipt(Value):
    number: str
    message: str
    recorded_at: datetime
    files: dict[str, Sha256]
    """What was filed, by name."""
    content: bytes
    """The receipt itself, as PDF."""


class WaitingMessage(Value):
    """Something in a mailbox."""

    id: str
    about: str
    answers: str
    """The message that it answers."""
    kind: str
    sender: str
    words: str
    recorded_at: datetime
    files: dict[str, Sha256]


class LexnetGateway(Protocol):
    async def submit(self, package: LexnetPackage) -> FiledReceipt:
        """File it. The same message is filed once, however often it is sent, and has the receipt of the first time.

        Raises `Refusal` for a package that LexNET does not take, `PersonMustAct('lexnet_receipt_wrong')` for a receipt
        that is of something else.
        """

    async def waiting(self, mailbox: str, about: str) -> tuple[WaitingMessage, ...]:
        """What has come to that mailbox about that procedure, the oldest first. It stays there for sixty days."""

    async def fetch(self, mailbox: str, message: str, file: str) -> bytes:
        """One file of a message."""
