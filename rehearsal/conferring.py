"""A lawyer and whom they assist talk alone, and come back."""

from domain.commands import ClosePrivateRoom, OpenPrivateRoom
from domain.ids import RoomId
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from rehearsal.acting import Play


def lawyer_and_client(procedure: Procedure) -> tuple[Participant, Participant] | None:
    """The first two who may, by the type; None where nobody may."""
    for lawyer in procedure.participants:
        for client in procedure.participants:
            if client.role in procedure.role_of(lawyer).confers_with:
                return lawyer, client
    return None


async def talk_in_private(play: Play, procedure: Procedure, *, minutes: int = 10) -> RoomId:
    """The host sends them to a room of their own, which this names."""
    pair = lawyer_and_client(procedure)
    assert pair is not None
    lawyer, client = pair
    opened = await play.say(procedure.hosts[0], OpenPrivateRoom, lawyer=lawyer.id, client=client.id, minutes=minutes)
    return RoomId(opened.detail["room"])


async def come_back(play: Play, person: Participant, room: RoomId) -> None:
    await play.say(person, ClosePrivateRoom, room=room)
