"""A talk of lawyer and client which nobody else sees or hears.

Law: RDL 6/2023 art. 62.3.c, a secure place lets people confer in private with their lawyer; LO 5/2024 art. 16, what
they say is confidential. Who, from when and until when is all that is known of it.
"""

from datetime import datetime

from domain.base import Value
from domain.ids import ParticipantId, RoomId


class PrivateTalk(Value):
    room: RoomId
    lawyer: ParticipantId
    client: ParticipantId
    began_at: datetime
    ends_at: datetime
    """When both are brought back, unless they come back before."""

    @property
    def people(self) -> tuple[ParticipantId, ParticipantId]:
        return (self.lawyer, self.client)
