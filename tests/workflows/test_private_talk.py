"""Lawyer and client talk alone: out of the main room, into their own, and back; the journal knows who and when."""

from datetime import timedelta

from adapters.memory import MemoryJournal
from domain.commands import CheckIn, CloseSession
from domain.ids import RoomId, private_room
from domain.ports.media import MOVED, RoomFact
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from rehearsal.conferring import come_back, lawyer_and_client, talk_in_private
from tests.workflows.asking import by, code_of, events, until
from tests.workflows.court import Court, Room
from workflows.procedure import ProcedureWorkflow


async def mediated(court: Court, name: str) -> tuple[Room, Play]:
    """A mediation in which somebody has come with a lawyer."""
    room = await court.summon("mediation", f"prc_{name}", besides=("lawyer",))
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    return room, play


def pair(procedure: Procedure) -> tuple[str, str]:
    found = lawyer_and_client(procedure)
    assert found is not None
    return found[0].id, found[1].id


def where(procedure: Procedure) -> set[Presence]:
    return {procedure.participant(id).presence for id in pair(procedure)}


async def fact(room: Room, live: RoomId, kind: str, participant: str, number: int, reason: str = "") -> None:
    procedure = await room.procedure()
    told = {"id": number, "procedure": procedure.id, "participant": participant, "kind": kind, "reason": reason}
    fact = RoomFact.model_validate({**told, "room": live, "at": procedure.changed_at})
    await room.handle.signal(ProcedureWorkflow.room_fact, fact)


async def test_lawyer_and_client_leave_the_room_talk_alone_and_come_back(court: Court) -> None:
    room, play = await mediated(court, "confer")
    before = await room.procedure()
    lawyer, client = pair(before)
    talk = await talk_in_private(play, before)
    assert talk == private_room(before.id, 1)
    assert talk in court.media.open_rooms
    assert court.media.sent_out == [(before.id, lawyer, MOVED), (before.id, client, MOVED)]
    assert where(await room.procedure()) == {Presence.IN_PRIVATE}

    host = before.hosts[0]
    assert await code_of(play.say(host, CloseSession, outcome="agreement")) == "private_talk_open"
    await come_back(play, before.participant(client), talk)
    assert where(await room.procedure()) == {Presence.ADMITTED}
    assert talk not in court.media.open_rooms and before.id in court.media.open_rooms
    assert await code_of(come_back(play, before.participant(lawyer), talk)) == "private_talk_over"
    assert (await talk_in_private(play, before)) == private_room(before.id, 2)


async def test_who_does_not_come_back_in_time_is_brought_back(court: Court) -> None:
    room, play = await mediated(court, "late")
    talk = await talk_in_private(play, await room.procedure(), minutes=5)
    await court.environment.sleep(timedelta(minutes=4))
    assert where(await room.procedure()) == {Presence.IN_PRIVATE}
    await court.environment.sleep(timedelta(minutes=2))
    procedure = await until(room, lambda now: not now.private_talks)
    assert where(procedure) == {Presence.ADMITTED}
    assert talk not in court.media.open_rooms
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    (closed,) = [line for line in await journal.read(procedure.id) if line.type == "private_room_closed"]
    assert set(closed.content) == {"room", "lawyer", "client"}, "who and when, and nothing of what was said"


async def test_a_next_run_brings_them_back_too(court: Court) -> None:
    room, play = await mediated(court, "next_run")
    await talk_in_private(play, await room.procedure(), minutes=5)
    next_run = await court.carry_on(await room.procedure(), {})
    await court.environment.sleep(timedelta(minutes=6))
    assert where(await until(next_run, lambda now: not now.private_talks)) == {Presence.ADMITTED}


async def test_only_the_room_in_which_they_belong_says_whether_they_are_there(court: Court) -> None:
    room, play = await mediated(court, "facts")
    before = await room.procedure()
    lawyer, client = pair(before)
    with court.environment.auto_time_skipping_disabled():
        talk = await talk_in_private(play, before)
        written = len(await events(court, room))
        await fact(room, RoomId(before.id), "left", lawyer, 1, MOVED)
        await fact(room, RoomId(before.id), "connection_lost", lawyer, 2, "signalling")
        await fact(room, talk, "joined", lawyer, 3, "admitted")
        await fact(room, talk, "joined", client, 4, "admitted")
        await fact(room, talk, "connection_lost", client, 5, "process")
        await until(room, lambda now: now.participant(client).presence is Presence.LOST)
        await fact(room, talk, "restored", client, 6, "media")
        await until(room, lambda now: where(now) == {Presence.IN_PRIVATE})
        assert (await events(court, room))[written:] == ["connection_lost", "participant_joined"]
        await come_back(play, before.participant(lawyer), talk)
        await fact(room, talk, "left", lawyer, 7, "room_closed")
        await fact(room, RoomId(before.id), "left", lawyer, 8, MOVED)
        await fact(room, RoomId(before.id), "joined", lawyer, 9, "admitted")
        await until(room, lambda now: now.participant(lawyer).presence is Presence.CONNECTED)
    assert "participant_left" not in await events(court, room)


async def test_who_sits_down_elsewhere_as_one_of_them_ends_the_talk(court: Court) -> None:
    room, play = await mediated(court, "taken")
    before = await room.procedure()
    lawyer, client = pair(before)
    talk = await talk_in_private(play, before)
    person = before.participant(client)
    elsewhere = by(person, "sits-elsewhere")
    elsewhere["author"] = elsewhere["author"].but(session="ses_other")
    await room.perform(CheckIn(**elsewhere, participant=person.id, place="own_device", device="own"))
    procedure = await room.procedure()
    assert not procedure.private_talks and talk not in court.media.open_rooms
    assert procedure.participant(client).presence is Presence.WAITING
    assert procedure.participant(lawyer).presence is Presence.ADMITTED


async def test_a_mediation_with_a_private_talk_is_held_to_its_end(court: Court) -> None:
    room, play = await mediated(court, "whole")
    procedure = await room.procedure()
    await come_back(play, procedure.hosts[0], await talk_in_private(play, procedure))
    for number, person in enumerate(pair(procedure), 1):
        await fact(room, RoomId(procedure.id), "joined", person, number, "admitted")
    await until(room, lambda now: where(now) == {Presence.CONNECTED})
    await play.hold_agenda()
    await play.close()
    await play.approve_and_sign()
    assert (await room.reaches(Stage.CLOSED)).private_rooms == 1
