"""What is asked is done once, or refused and leaves no trace: repeated ids, two tabs, wrong PINs."""

import asyncio
from typing import Any

import pytest

from adapters.memory import MemoryPins
from domain.actions.help import AskHelp
from domain.commands import (
    AdmitParticipant,
    CaptureStill,
    ConfirmIdDocument,
    EnterPin,
    OpenRoom,
    Receipt,
)
from domain.errors import Refusal
from domain.procedure.people import Participant
from rehearsal.acting import Play
from tests.workflows.asking import by, code_of, events, pin, summoned
from tests.workflows.court import Court, Room
from workflows.engine.messages import Carried, HoldProcedure


async def test_fifty_parallel_requests_with_one_id_are_one_event_and_one_answer(court: Court) -> None:
    room, _ = await summoned(court, "fifty")
    host = (await room.procedure()).hosts[0]
    command = OpenRoom(**by(host, "open-once"))

    answers = await asyncio.gather(*(room.perform(command) for _ in range(50)))

    assert all(answer == answers[0] for answer in answers)
    assert (await events(court, room)).count("room_opened") == 1


async def test_a_command_repeated_much_later_gets_its_first_answer(court: Court) -> None:
    room, play = await summoned(court, "later")
    host = (await room.procedure()).hosts[0]
    command = OpenRoom(**by(host, "open-early"))
    first = await room.perform(command)
    await play.say(host, AdmitParticipant, participant=(await room.procedure()).citizens[0].id)

    assert await room.perform(command) == first
    assert (await events(court, room)).count("room_opened") == 1


async def test_of_two_tabs_that_open_the_room_at_once_the_second_is_told_that_it_is_open(court: Court) -> None:
    room, _ = await summoned(court, "tabs")
    host = (await room.procedure()).hosts[0]
    tabs = [OpenRoom(**by(host, f"open-tab-{n}")) for n in (1, 2)]

    answers = await asyncio.gather(*(room.perform(tab) for tab in tabs), return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers) == ["Receipt", "Refusal"]
    assert [answer.code for answer in answers if isinstance(answer, Refusal)] == ["room_already_open"]
    assert (await events(court, room)).count("room_opened") == 1


async def test_who_is_in_already_is_not_let_in_again_from_another_tab(court: Court) -> None:
    room, play = await summoned(court, "admitted")
    await play.enter()
    procedure = await room.procedure()
    again = AdmitParticipant(**by(procedure.hosts[0], "admit-again"), participant=procedure.citizens[0].id)

    assert await code_of(room.perform(again)) == "already_admitted"


async def test_a_refused_command_leaves_no_event(court: Court) -> None:
    room, _ = await summoned(court, "refused")
    citizen = (await room.procedure()).citizens[0]
    before = await events(court, room)

    assert await code_of(room.perform(OpenRoom(**by(citizen, "not-a-host")))) == "host_only"

    assert await events(court, room) == before


async def test_what_crosses_to_the_next_run_keeps_every_answer_and_the_whole_state(court: Court) -> None:
    room, _ = await summoned(court, "carried")
    procedure = await room.procedure()
    receipts = {"key-0001": Receipt(seq=3, stage="summoned", detail={"challenge": "pin_1"})}
    progress = await room.handle.query("progress", result_type=Any)
    head = {"next_seq": progress["seq"] + 1, "hash": "ab" * 32}
    carried = Carried.model_validate({"procedure": procedure, "head": head, "seed": "cd" * 32, "receipts": receipts})

    read_back = HoldProcedure.model_validate_json(HoldProcedure(carried=carried).model_dump_json()).carried

    assert read_back == carried


async def test_a_run_that_was_handed_over_answers_a_repeated_command_as_the_first_run_did(court: Court) -> None:
    room, _ = await summoned(court, "first_run")
    procedure = await room.procedure()
    given = Receipt(seq=4, stage="checked_in", detail={"from": "the first run"})
    command = AskHelp(**by(procedure.citizens[0], "asked-before"), participant=procedure.citizens[0].id)
    next_run = await court.carry_on(procedure, {command.id: given})

    assert await next_run.perform(command) == given
    assert (await next_run.procedure()).citizens[0].asks_for_help is False


# -- PINs ----------------------------------------------------------------------------------------------------------


async def test_three_wrong_pins_use_the_challenge_up_and_a_new_pin_works(court: Court) -> None:
    room = await court.summon("conciliation", "prc_pins")
    play = Play(room, "pins")
    await play.arrive()
    await play.enter()
    person = await shown_to_camera(room, play)
    challenge = (await pin(play, person, "identity"))["challenge"]
    wrong = {"participant": person.id, "challenge": challenge, "proof": MemoryPins.proof(challenge, right=False)}

    left = []
    for _ in range(3):
        with pytest.raises(Refusal) as refused:
            await play.say(person, EnterPin, **wrong)
        assert refused.value.code == "pin_wrong"
        left.append(refused.value.params["left"])
    assert left == [2, 1, 0]
    right = MemoryPins.proof(challenge)
    late = play.say(person, EnterPin, participant=person.id, challenge=challenge, proof=right)
    assert await code_of(late) == "pin_exhausted"
    assert (await events(court, room)).count("pin_failed") == 3

    await play.say(person, EnterPin, participant=person.id, **await pin(play, person, "identity"))

    policy = (await room.procedure()).type.procedure.identity
    assert (await room.procedure()).participant(person.id).identity.satisfies(policy)


async def shown_to_camera(room: Room, play: Play) -> Participant:
    """The first citizen, with the document shown and confirmed, before any PIN."""
    procedure = await room.procedure()
    host, person = procedure.hosts[0], procedure.citizens[0]
    taken = await play.say(host, CaptureStill, participant=person.id)
    number = person.document_number
    await play.say(host, ConfirmIdDocument, participant=person.id, document_number=number, still=taken.detail["still"])
    return person
