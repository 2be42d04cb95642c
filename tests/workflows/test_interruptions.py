"""An act stops and goes on: cause, who must move, what is repeated, and the exact point to resume at."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.commands import (
    AdjournProcedure,
    CancelProcedure,
    FillItem,
    InterruptProcedure,
    OpenItem,
    ResumeProcedure,
    SendPin,
    SuspendItem,
)
from domain.errors import Refusal
from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.people import Presence
from domain.types.vocabulary import InterruptionCause, Stage
from rehearsal.acting import Play
from tests.workflows.asking import events, until
from tests.workflows.court import Court, Room
from workflows.procedure import ProcedureWorkflow


async def in_session(court: Court, name: str) -> tuple[Room, Play]:
    room = await court.summon("conciliation", f"prc_{name}")
    play = Play(room, name)
    await play.arrive()
    await play.enter()
    await play.identify()
    return room, play


async def fact(room: Room, kind: str, participant: str, number: int, reason: str = "") -> None:
    told = RoomFact(
        id=number,
        procedure=(await room.procedure()).id,
        participant=ParticipantId(participant),
        kind=kind,
        at=datetime.now(UTC),
        reason=reason,
    )
    await room.handle.signal(ProcedureWorkflow.room_fact, told)


async def test_an_interruption_keeps_the_open_item_and_makes_identities_lapse(court: Court) -> None:
    room, play = await in_session(court, "cut")
    host = (await room.procedure()).hosts[0]
    item = (await room.procedure()).agenda[0]
    await play.say(host, OpenItem, item=item.id)
    await play.say(host, FillItem, item=item.id, values={"publicity": "public", "restriction_reason": "Ninguna"})

    await play.say(
        host, InterruptProcedure, cause=InterruptionCause.POWER_CUT, must_act="office", field="restriction_reason"
    )
    stopped = await room.procedure()

    assert stopped.stage is Stage.INTERRUPTED and stopped.interruption is not None
    assert (stopped.interruption.item, stopped.interruption.field) == (item.id, "restriction_reason")
    assert stopped.interruption.repeats == ("p1", "p2")
    with pytest.raises(Refusal, match="interrupted"):
        await play.say(host, FillItem, item=item.id, values={"publicity": "closed"})
    with pytest.raises(Refusal, match="identity_lapsed"):
        await play.say(host, ResumeProcedure)

    await play.identify()
    await play.say(host, ResumeProcedure)
    resumed = await room.procedure()
    assert resumed.stage is Stage.IN_SESSION
    assert resumed.item(item.id).values == {"publicity": "public", "restriction_reason": "Ninguna"}


async def test_a_recess_keeps_identities(court: Court) -> None:
    room, play = await in_session(court, "recess")
    host = (await room.procedure()).hosts[0]
    await play.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act="clerk")
    await play.say(host, ResumeProcedure)

    procedure = await room.procedure()

    policy = procedure.type.procedure.identity
    assert all(person.identity.satisfies(policy) for person in procedure.citizens)


async def test_a_line_lost_for_longer_than_the_policy_allows_stops_the_act(court: Court) -> None:
    room, _ = await in_session(court, "lost")
    await fact(room, "connection_lost", "p1", 1)

    stopped = await room.reaches(Stage.INTERRUPTED)

    assert stopped.participant("p1").presence is Presence.LOST
    assert stopped.participant("p1").identity.lapsed_cause == "connection_lost"
    assert stopped.interruption is not None and stopped.interruption.repeats == ("p1",)


async def test_a_short_gap_lapses_nothing(court: Court) -> None:
    room, _ = await in_session(court, "gap")
    with court.environment.auto_time_skipping_disabled():
        await fact(room, "connection_lost", "p1", 1)
        await fact(room, "restored", "p1", 2)
    await court.environment.sleep(timedelta(minutes=2))

    procedure = await room.procedure()

    assert procedure.stage is Stage.IN_SESSION
    assert procedure.participant("p1").presence is Presence.CONNECTED
    assert procedure.participant("p1").identity.lapsed_cause is None


async def test_another_window_of_the_same_person_is_no_cut_of_the_line(court: Court) -> None:
    room, _ = await in_session(court, "window")
    before = len(await events(court, room))
    with court.environment.auto_time_skipping_disabled():
        await fact(room, "connection_lost", "p1", 100, "replaced")
        await until(room, lambda procedure: procedure.participant(ParticipantId("p1")).presence is Presence.LEFT)
        await fact(room, "restored", "p1", 101, "media")
        await until(room, lambda procedure: procedure.participant(ParticipantId("p1")).presence is Presence.CONNECTED)
    assert "connection_lost" not in (await events(court, room))[before:]


async def test_a_signature_pin_is_refused_once_the_identity_lapsed(court: Court) -> None:
    room, play = await in_session(court, "lapse")
    for item in (await room.procedure()).agenda[:3]:
        await play.deal_with(item)
    await fact(room, "connection_lost", "p1", 1)
    stopped = await room.reaches(Stage.INTERRUPTED)

    with pytest.raises(Refusal) as refused:
        await play.say(stopped.participant("p1"), SendPin, participant="p1", purpose="d1")

    assert refused.value.code in ("interrupted", "unknown_document")


async def test_who_goes_and_comes_back_at_once_is_there(court: Court) -> None:
    room, _ = await in_session(court, "blink")
    await fact(room, "joined", "p1", 1)
    for number in range(2, 20, 2):
        await fact(room, "left", "p1", number)
        await fact(room, "joined", "p1", number + 1)

    for _ in range(100):
        if (procedure := await room.procedure()).participant(ParticipantId("p1")).presence is Presence.CONNECTED:
            break
        await court.environment.sleep(timedelta(milliseconds=100))

    await court.environment.sleep(procedure.type.procedure.identity.lapse_after * 2)
    after = await room.procedure()
    assert after.participant(ParticipantId("p1")).presence is Presence.CONNECTED
    assert after.stage is Stage.IN_SESSION


async def test_an_adjourned_act_keeps_what_was_done_and_is_held_to_its_end_on_the_new_date(court: Court) -> None:
    room, play = await in_session(court, "adjourned")
    done = (await room.procedure()).agenda[:4]
    for item in done:
        await play.deal_with(item)
    host = (await room.procedure()).hosts[0]
    later = await court.environment.get_current_time() + timedelta(days=4)
    assert court.media.open_rooms
    await play.say(host, AdjournProcedure, reason="Falta un documento", new_date=later)
    again = await room.reaches(Stage.SUMMONED)

    assert not court.media.open_rooms
    assert again.scheduled_at == later
    assert [i.state for i in again.agenda[:4]] == ["done"] * 4
    assert not any(person.identity.checks for person in again.citizens)
    assert [n.kind for n in again.notices].count("adjourned") == 2

    closed = await play.whole()
    assert closed.stage is Stage.CLOSED


async def test_items_are_filled_in_any_order_and_the_minutes_keep_the_real_one(court: Court) -> None:
    room, play = await in_session(court, "order")
    host = (await room.procedure()).hosts[0]
    agenda = (await room.procedure()).agenda
    for item in agenda[:2]:
        await play.deal_with(item)
    await play.say(host, OpenItem, item=agenda[4].id)
    await play.say(host, SuspendItem, item=agenda[4].id, reason="Habla antes la otra parte")
    for item in (agenda[2], agenda[3], agenda[4]):
        await play.deal_with(item)

    filled = (await room.procedure()).agenda

    assert filled[4].opened_at is not None and filled[3].opened_at is not None
    assert filled[4].opened_at <= filled[3].opened_at
    assert filled[4].state == "done"


async def test_in_a_recess_the_room_is_paused_until_the_act_goes_on(court: Court) -> None:
    room, play = await in_session(court, "silence")
    procedure = await room.procedure()
    host = procedure.hosts[0]
    await play.say(host, InterruptProcedure, cause=InterruptionCause.RECESS, must_act="system")
    assert court.media.paused == {procedure.id}
    await play.say(host, ResumeProcedure)
    assert court.media.paused == set()
    await play.say(host, InterruptProcedure, cause=InterruptionCause.POWER_CUT, must_act="office")
    assert court.media.paused == set()


async def test_an_act_that_is_called_off_leaves_no_room_open(court: Court) -> None:
    room, play = await in_session(court, "called_off")
    host = (await room.procedure()).hosts[0]
    await play.say(host, InterruptProcedure, cause=InterruptionCause.POWER_CUT, must_act="office")
    await play.say(host, CancelProcedure, reason="No vuelve la luz")
    ended = await room.reaches(Stage.CANCELLED)
    await room.handle.result()
    assert ended.id not in court.media.open_rooms
