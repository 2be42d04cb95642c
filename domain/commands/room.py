"""The live room."""

from pydantic import Field

from domain.commands.base import Command
from domain.ids import ParticipantId


class OpenRoom(Command):
    pass


class AdmitParticipant(Command):
    participant: ParticipantId


class DismissParticipant(Command):
    participant: ParticipantId
    reason: str = Field(min_length=3, max_length=500)
