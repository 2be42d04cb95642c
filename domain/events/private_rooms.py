"""Lawyer and client talk alone: that it took place, who, from when and until when; nothing of what was said."""

from datetime import datetime

from domain.events.base import Event
from domain.ids import ParticipantId, RoomId
from domain.journal.chain import Stamp
from domain.procedure.people import Presence
from domain.procedure.private_talk import PrivateTalk
from domain.procedure.state import Procedure


class PrivateRoomOpened(Event):
    room: RoomId
    lawyer: ParticipantId
    client: ParticipantId
    ends_at: datetime

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        talk = PrivateTalk(**self.model_dump(), began_at=stamp.at)
        for participant in talk.people:
            person = procedure.participant(participant)
            procedure = procedure.with_participant(person.but(presence=Presence.IN_PRIVATE))
        return procedure.but(private_talks=(*procedure.private_talks, talk), private_rooms=procedure.private_rooms + 1)


class PrivateRoomClosed(Event):
    """Both belong in the main room again; whoever lost the line meanwhile is still lost."""

    room: RoomId
    lawyer: ParticipantId
    client: ParticipantId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        for participant in (self.lawyer, self.client):
            person = procedure.participant(participant)
            if person.presence is Presence.IN_PRIVATE:
                procedure = procedure.with_participant(person.but(presence=Presence.ADMITTED))
        return procedure.but(private_talks=tuple(talk for talk in procedure.private_talks if talk.room != self.room))
