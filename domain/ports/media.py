"""The live room."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from pydantic import Field

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId, RoomId, main_room

MOVED = "moved"
"""Why somebody leaves a room who belongs in another one of the procedure: they come back with a new pass."""


class Still(Protocol):
    """A frame of a live stream, with the encoded key frame that it was decoded from."""

    @property
    def png(self) -> bytes: ...

    @property
    def keyframe(self) -> bytes: ...

    @property
    def codec(self) -> str: ...


class RoomFact(Value):
    """Something the media saw: `joined`, `left`, `connection_lost`, `restored`."""

    id: int
    procedure: ProcedureId
    room: RoomId = Field(default_factory=lambda told: main_room(told["procedure"]))
    participant: ParticipantId
    kind: str
    at: datetime
    reason: str = ""


class MediaServer(Protocol):
    """Live rooms, each by its own name. Every method may be repeated."""

    async def open_room(self, room: RoomId) -> str: ...

    async def admit(self, room: RoomId, participant: str) -> None: ...

    async def dismiss(self, room: RoomId, participant: str, reason: str) -> None: ...

    async def pause(self, room: RoomId, paused: bool) -> None: ...

    async def mute(self, room: RoomId, participants: Sequence[str]) -> None:
        """From now on these, and nobody else, are not heard, whether they are there or come later."""

    async def close_room(self, room: RoomId, reason: str = "") -> None: ...

    async def grab_still(self, room: RoomId, participant: str) -> Still: ...
