"""The room lets somebody in a moment before that is written: whoever it sees meanwhile is there all the same."""

from domain.commands import AdmitParticipant, OpenRoom
from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.people import Presence
from rehearsal.acting import Play
from rehearsal.joining import joined
from tests.workflows.asking import summoned, until
from tests.workflows.court import Court, Room
from workflows.procedure import ProcedureWorkflow


async def opened(court: Court, name: str) -> tuple[Room, Play, ParticipantId]:
    """The room is open, and the citizen waits."""
    room, play = await summoned(court, name)
    now = await room.procedure()
    await play.say(now.hosts[0], OpenRoom)
    return room, play, now.citizens[0].id


async def report(room: Room, fact: RoomFact) -> None:
    await room.handle.signal(ProcedureWorkflow.room_fact, fact)


async def test_whoever_is_seen_before_the_admission_is_written_counts_once_it_is(court: Court) -> None:
    room, play, person = await opened(court, "seen_first")

    await report(room, joined(await room.procedure(), person, room.now()))
    await play.say((await room.procedure()).hosts[0], AdmitParticipant, participant=person)

    await until(room, lambda now: now.participant(person).presence is Presence.CONNECTED)


async def test_whoever_is_gone_again_by_then_does_not(court: Court) -> None:
    room, play, person = await opened(court, "gone_first")
    seen = joined(await room.procedure(), person, room.now())

    await report(room, seen)
    await report(room, seen.but(kind="left"))
    host = (await room.procedure()).hosts[0]
    await play.say(host, AdmitParticipant, participant=person)
    await room.joins(host.id)

    assert (await room.procedure()).participant(person).presence is Presence.ADMITTED
