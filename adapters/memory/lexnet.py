"""LexNET in memory: files each message once, and puts into mailboxes what a test has the Central Authority answer."""

import hashlib
from datetime import UTC, datetime

from domain.errors import Refusal, TryAgain
from domain.ids import Sha256
from domain.ports.lexnet import FiledReceipt, LexnetPackage, WaitingMessage
from domain.refusals.lexnet import LEXNET_REFUSED

RECORDED = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class MemoryLexnet:
    def __init__(self) -> None:
        self.filed: dict[str, LexnetPackage] = {}
        self.asked = 0
        """How often somebody wanted to file something."""
        self.down = False
        self.loses_answers = 0
        """How many receipts are lost on their way, once what they prove is filed."""
        self.refuses = False
        self.receipt = b""
        """What every receipt begins with."""
        self.clock = RECORDED
        self.mailboxes: dict[str, list[tuple[WaitingMessage, dict[str, bytes]]]] = {}

    async def submit(self, package: LexnetPackage) -> FiledReceipt:
        self.asked += 1
        self._answers()
        if self.refuses:
            raise Refusal(LEXNET_REFUSED)
        self.filed.setdefault(package.message, package)
        if self.loses_answers:
            self.loses_answers -= 1
            raise TryAgain("no answer")
        number = f"LX-{list(self.filed).index(package.message) + 1:06d}"
        files = {file.name: file.sha256 for file in self.filed[package.message].files}
        return FiledReceipt(
            number=number,
            message=package.message,
            recorded_at=self.clock,
            files=files,
            content=self.receipt + number.encode(),
        )

    async def waiting(self, mailbox: str, about: str) -> tuple[WaitingMessage, ...]:
        self._answers()
        return tuple(message for message, _ in self.mailboxes.get(mailbox, ()) if message.about == about)

    async def fetch(self, mailbox: str, message: str, file: str) -> bytes:
        self._answers()
        return next(files[file] for one, files in self.mailboxes[mailbox] if one.id == message)

    def put(self, mailbox: str, message: WaitingMessage, files: dict[str, bytes]) -> None:
        """Have it wait there; what its files are is told by their hashes."""
        hashes = {name: Sha256(hashlib.sha256(content).hexdigest()) for name, content in files.items()}
        self.mailboxes.setdefault(mailbox, []).append((message.but(files=hashes), files))

    def _answers(self) -> None:
        if self.down:
            raise TryAgain("LexNET does not answer")
