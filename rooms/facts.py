"""What happened to people's connections, kept until the workflow's side has taken note of it.

Facts live in memory only: a fact that dies with this process is replaced by the `joined` of the next one.
"""

import asyncio
from collections import deque
from datetime import datetime

from domain.ids import RoomId, procedure_of_room
from rooms.background import Background
from rooms.protocol import Fact, FactKind

CAPACITY = 10_000
"""Facts kept for an absent sidecar; beyond it the oldest are dropped, because newer ones say where people are now."""


class FactLog:
    """An ordered log with followers. `first_id` must be greater than any id of an earlier process: ids only grow."""

    def __init__(self, instance: str, first_id: int) -> None:
        self._instance = instance
        self._next_id = first_id
        self._unacknowledged: deque[Fact] = deque(maxlen=CAPACITY)
        self._news = asyncio.Condition()
        self._background = Background()

    def note(self, room: RoomId, participant: str, role: str, kind: FactKind, reason: str, at: datetime) -> None:
        """Add one fact and wake the followers."""
        fact = Fact(
            id=self._next_id,
            instance=self._instance,
            procedure=procedure_of_room(room),
            room=room,
            participant=participant,
            role=role,
            kind=kind,
            at=at,
            reason=reason,
        )
        self._next_id += 1
        self._unacknowledged.append(fact)
        self._background.start(self._wake())

    def acknowledge(self, fact: int) -> None:
        """Forget `fact` and every older one."""
        while self._unacknowledged and self._unacknowledged[0].id <= fact:
            self._unacknowledged.popleft()

    async def after(self, fact: int) -> list[Fact]:
        """Wait until there are facts newer than `fact` that nobody has acknowledged, and return them in order."""
        async with self._news:
            while not (newer := [f for f in self._unacknowledged if f.id > fact]):
                await self._news.wait()
        return newer

    async def _wake(self) -> None:
        async with self._news:
            self._news.notify_all()
