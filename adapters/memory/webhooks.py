"""Messages to regional systems, in memory, and a system that takes them or does not."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from domain.access.webhooks import Message


class MemoryOutbox:
    """Messages in order, by address."""

    def __init__(self) -> None:
        self.messages: dict[str, list[Message]] = {}
        self.taken: dict[str, str] = {}
        self.given_up: dict[str, str] = {}

    async def waiting(self) -> tuple[str, ...]:
        return tuple(endpoint for endpoint in sorted(self.messages) if self._open(endpoint))

    async def next(self, endpoint: str, now: datetime) -> Message | None:
        return next(iter(self._open(endpoint)), None)

    async def delivered(self, message: str, answer: str, now: datetime) -> None:
        self.taken.setdefault(message, answer)

    async def failed(self, message: str, answer: str, now: datetime, *, give_up: bool) -> None:
        if message in self.taken:
            return
        for kept in self.messages.values():
            kept[:] = [one.but(attempts=one.attempts + 1) if one.id == message else one for one in kept]
        if give_up:
            self.given_up[message] = answer

    def _open(self, endpoint: str) -> list[Message]:
        closed = self.taken.keys() | self.given_up.keys()
        return [one for one in self.messages.get(endpoint, []) if one.id not in closed]


class MemorySystem:
    """Remembers what it was sent; `answers` are given one after the other, then all is taken."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Mapping[str, str], bytes]] = []
        self.answers: list[str] = []
        self.answering = asyncio.Event()
        """Not set: whoever sends waits for the answer."""
        self.answering.set()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> str:
        self.sent.append((url, headers, body))
        await self.answering.wait()
        return self.answers.pop(0) if self.answers else "204"
