"""The live room."""

from pydantic import Field

from domain.commands.base import Command
from domain.ids import ParticipantId, RoomId


class OpenRoom(Command):
    pass


class AdmitParticipant(Command):
    participant: ParticipantId


class DismissParticipant(Command):
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=500)


class OpenPrivateRoom(Command):
    """Lawyer and client talk alone, for so many minutes at most."""

    lawyer: ParticipantId
    client: ParticipantId
    minutes: int = Field(ge=1, le=60)


class ClosePrivateRoom(Command):
    """Both come back to the main room."""

    room: RoomId
