"""What the media would report of somebody who comes, where no media process runs."""

from datetime import datetime

from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.state import Procedure


def joined(procedure: Procedure, participant: ParticipantId, at: datetime) -> RoomFact:
    return RoomFact(id=0, procedure=procedure.id, participant=participant, kind="joined", at=at)
