"""The live room."""

from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId


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
    participant: ParticipantId
    kind: str
    at: datetime
    reason: str = ""


class MediaServer(Protocol):
    """One live room per procedure. Every method may be repeated."""

    async def open_room(self, procedure: str) -> str: ...

    async def admit(self, procedure: str, participant: str) -> None: ...

    async def dismiss(self, procedure: str, participant: str, reason: str) -> None: ...

    async def pause(self, procedure: str, paused: bool) -> None: ...

    async def close_room(self, procedure: str) -> None: ...

    async def grab_still(self, procedure: str, participant: str) -> Still: ...
