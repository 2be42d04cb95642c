"""What is asked for in one state alone is carried out in that state, or refused and leaves no trace."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

from api.services.gateway import Gateway
from domain.actions.help import AskHelp
from domain.commands import CancelProcedure, CaptureStill, Command, OpenRoom, Receipt
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.journal.chain import position
from domain.reading import CaseReading
from tests.workflows.asking import by, code_of, events, summoned
from tests.workflows.court import Court, Room, open_court
from tests.workflows.test_written_but_not_known import WrittenAndSilent
from workflows.families import WORKFLOWS

REASON = "La solicitante desiste."


def gateway_of(court: Court) -> Gateway:
    return Gateway(court.environment.client, CaseReading(court.installation.journal), "test")


async def stands_at(court: Court, room: Room) -> str:
    last = (await court.installation.journal.read((await room.procedure()).id))[-1]
    return position(last.seq, last.hash)


async def outcomes(*asked: Any) -> list[str]:
    """`done`, or the code of the refusal, of what is asked for at once; sorted."""
    answers = await asyncio.gather(*asked, return_exceptions=True)
    return sorted(one.code if isinstance(one, Refusal) else "done" for one in answers if one is not None)


async def test_what_was_asked_for_in_an_earlier_state_is_refused_without_a_trace(court: Court) -> None:
    room, play = await summoned(court, "moved")
    host = (await room.procedure()).hosts[0]
    before = await stands_at(court, room)
    await play.say((await room.procedure()).citizens[0], AskHelp, participant="p1")
    written = await events(court, room)

    late = CancelProcedure(**by(host, "moved-cancel"), reason=REASON, expects=(before,))

    assert await code_of(room.perform(late)) == "state_moved_on"
    assert await events(court, room) == written
    assert await code_of(room.perform(late.but(id="moved-cancel-2", expects=()))) == "state_moved_on"
    assert (await room.perform(late.but(expects=(before, await stands_at(court, room))))).stage == "cancelled"


async def test_an_accepted_command_gives_its_first_answer_whatever_state_it_names_later(court: Court) -> None:
    room, _ = await summoned(court, "first")
    host = (await room.procedure()).hosts[0]
    asked = OpenRoom(**by(host, "first-open"), expects=(await stands_at(court, room),))
    gateway, id = gateway_of(court), (await room.procedure()).id

    first = await gateway.perform(id, asked)

    assert await gateway.perform(id, asked) == first
    assert await gateway.perform(id, asked.but(expects=("0-0000000000000000",))) == first
    assert (await events(court, room)).count("room_opened") == 1


@pytest.mark.parametrize("round", range(3))
async def test_of_two_who_ask_in_the_same_state_exactly_one_is_accepted(court: Court, round: int) -> None:
    """Each could be carried out after the other: nothing but the state that they name keeps the second away."""
    room, _ = await summoned(court, f"two-{round}")
    procedure = await room.procedure()
    host, citizen, seen = procedure.hosts[0], procedure.citizens[0], (await stands_at(court, room),)
    gateway = gateway_of(court)
    asked: list[Command] = [
        OpenRoom(**by(host, f"two-open-{round}"), expects=seen),
        AskHelp(**by(citizen, f"two-help-{round}"), participant=citizen.id, expects=seen),
    ]

    assert await outcomes(*(gateway.perform(procedure.id, one) for one in asked)) == ["done", "state_moved_on"]

    # Under its old key and in the state as it is now, the other one goes through.
    now = (await stands_at(court, room),)
    answers = [await gateway.perform(procedure.id, one.but(expects=now)) for one in asked]
    assert all(isinstance(answer, Receipt) for answer in answers)
    assert [await gateway.outcome(procedure.id, type(one), one.id) for one in asked] == answers
    told = await events(court, room)
    assert (told.count("room_opened"), told.count("help_requested")) == (1, 1)


async def test_whoever_takes_the_procedure_over_half_way_comes_to_the_same(court: Court) -> None:
    """A worker that dies and one that begins with the history: the same is accepted, the same refused."""
    room, play = await summoned(court, "replayed")
    await play.enter()
    procedure = await room.procedure()
    host, citizen, seen = procedure.hosts[0], procedure.citizens[0], (await stands_at(court, room),)
    gateway = gateway_of(court)
    asked = [
        CaptureStill(**by(host, f"replayed-{tab}"), participant=citizen.id, expects=seen) for tab in ("one", "two")
    ]
    assert await outcomes(*(gateway.perform(procedure.id, one) for one in asked)) == ["done", "state_moved_on"]

    replayer = Replayer(workflows=[*WORKFLOWS.values()], data_converter=pydantic_data_converter)
    replayed = await replayer.replay_workflow(await room.handle.fetch_history(), raise_on_replay_failure=False)

    assert replayed.replay_failure is None


async def test_while_the_first_does_something_in_the_world_the_second_in_the_same_state_waits(court: Court) -> None:
    """A still is taken before it is written down: meanwhile the state that both name is the present one."""
    room, play = await summoned(court, "world")
    await play.enter()
    procedure = await room.procedure()
    host, citizen, seen = procedure.hosts[0], procedure.citizens[0], (await stands_at(court, room),)
    gateway = gateway_of(court)
    asked = [
        CaptureStill(**by(host, f"world-still-{tab}"), participant=citizen.id, expects=seen) for tab in ("one", "two")
    ]

    assert await outcomes(*(gateway.perform(procedure.id, one) for one in asked)) == ["done", "state_moved_on"]
    assert (await events(court, room)).count("still_captured") == 1
    assert court.media.stills == 1


async def test_the_second_in_the_same_state_is_carried_out_where_the_first_comes_to_nothing(court: Court) -> None:
    room, play = await summoned(court, "nothing")
    await play.enter()
    procedure = await room.procedure()
    host, citizen, seen = procedure.hosts[0], procedure.citizens[0], (await stands_at(court, room),)
    gateway = gateway_of(court)
    court.media.dark.add(citizen.id)
    still = CaptureStill(**by(host, "nothing-still"), participant=citizen.id, expects=seen)
    first = asyncio.create_task(gateway.perform(procedure.id, still))
    await asyncio.sleep(0.2)
    second = await gateway.perform(
        procedure.id, AskHelp(**by(citizen, "nothing-help"), participant=citizen.id, expects=seen)
    )

    assert await code_of(first) == "participant_not_connected"
    assert (await events(court, room))[second.seq] == "help_requested"


async def test_a_state_that_stands_in_the_journal_is_the_present_one_before_the_run_has_heard_of_it() -> None:
    silent = WrittenAndSilent("summons_issued")
    async with open_court(more=[silent]) as court:
        room = await court.summon("life_certificate", "prc_silent")
        await silent.written.wait()
        written = await court.installation.journal.read(ProcedureId("prc_silent"))
        seen = position(written[-1].seq, written[-1].hash)
        earlier = position(written[-2].seq, written[-2].hash)
        host = (await room.procedure()).hosts[0]
        late = asyncio.create_task(
            room.perform(CancelProcedure(**by(host, "silent-late"), reason=REASON, expects=(earlier,)))
        )
        right = asyncio.create_task(
            room.perform(CancelProcedure(**by(host, "silent-right"), reason=REASON, expects=(seen,)))
        )
        await court.environment.sleep(timedelta(minutes=1))

        assert await code_of(late) == "state_moved_on"
        assert (await right).stage == "cancelled"
