"""A media server without media: rooms open, people are let in, a still is one grey pixel."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.errors import PersonMustAct, TryAgain
from domain.ids import RoomId


@dataclass(frozen=True)
class _Still:
    png: bytes
    keyframe: bytes
    codec: str = "VP8"


@dataclass
class MemoryRooms:
    """Remembers what it was asked."""

    open_rooms: set[str] = field(default_factory=set)
    admitted: set[tuple[str, str]] = field(default_factory=set)
    sent_out: list[tuple[str, str, str]] = field(default_factory=list)
    paused: set[str] = field(default_factory=set)
    muted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    stills: int = 0
    pictures: list[bytes] = field(default_factory=list)
    """What cameras show, one still after another; when none is left, a few bytes."""
    dark: set[str] = field(default_factory=set)
    """Participants of whom no picture comes, which is known after half a second."""
    away: bool = False
    """True: nobody answers."""

    async def open_room(self, room: RoomId) -> str:
        self._answer()
        self.open_rooms.add(room)
        return "memory"

    async def admit(self, room: RoomId, participant: str) -> None:
        self._answer()
        self.admitted.add((room, participant))

    async def dismiss(self, room: RoomId, participant: str, reason: str) -> None:
        self._answer()
        self.admitted.discard((room, participant))
        self.sent_out.append((room, participant, reason))

    async def pause(self, room: RoomId, paused: bool) -> None:
        self._answer()
        (self.paused.add if paused else self.paused.discard)(room)

    async def mute(self, room: RoomId, participants: Sequence[str]) -> None:
        self._answer()
        self.muted[room] = tuple(participants)

    async def close_room(self, room: RoomId, reason: str = "") -> None:
        self._answer()
        self.open_rooms.discard(room)

    async def grab_still(self, room: RoomId, participant: str) -> _Still:
        self._answer()
        if participant in self.dark:
            await asyncio.sleep(0.5)
            raise PersonMustAct("participant_not_connected", participant=participant)
        self.stills += 1
        shown = self.pictures.pop(0) if self.pictures else f"png {participant} {self.stills}".encode()
        return _Still(png=shown, keyframe=b"key frame")

    def _answer(self) -> None:
        if self.away:
            raise TryAgain("the media server is away")
