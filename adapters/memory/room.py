"""A media server without media: rooms open, people are let in, a still is one grey pixel."""

from dataclasses import dataclass, field

from domain.errors import TryAgain


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
    paused: set[str] = field(default_factory=set)
    stills: int = 0
    away: bool = False
    """True: nobody answers."""

    async def open_room(self, procedure: str) -> str:
        self._answer()
        self.open_rooms.add(procedure)
        return "memory"

    async def admit(self, procedure: str, participant: str) -> None:
        self._answer()
        self.admitted.add((procedure, participant))

    async def dismiss(self, procedure: str, participant: str, reason: str) -> None:
        self._answer()
        self.admitted.discard((procedure, participant))

    async def pause(self, procedure: str, paused: bool) -> None:
        self._answer()
        (self.paused.add if paused else self.paused.discard)(procedure)

    async def close_room(self, procedure: str) -> None:
        self._answer()
        self.open_rooms.discard(procedure)

    async def grab_still(self, procedure: str, participant: str) -> _Still:
        self._answer()
        self.stills += 1
        return _Still(png=f"png {participant} {self.stills}".encode(), keyframe=b"key frame")

    def _answer(self) -> None:
        if self.away:
            raise TryAgain("the media server is away")
