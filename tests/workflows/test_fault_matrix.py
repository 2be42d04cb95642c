"""Every activity of every family is refused for good, or hangs, and then healed: every case goes on and ends."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from activities.wiring import acts, room_acts
from adapters.memory import MemoryJournal
from deploy.resume import resume
from domain.commands import DismissParticipant
from domain.events import state_of
from domain.ids import workflow_id
from domain.procedure.state import Procedure
from domain.types.document_plan import Register
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court, Room, open_court
from tests.workflows.entering import granted, register
from tests.workflows.faults import (
    NOT_ASKED_AGAIN,
    OF_THE_ANCHORING,
    Fault,
    FirstTime,
    PersistentRoom,
    disturbed,
    hung,
    refused_for_good,
)
from tests.workflows.records import answer, answered, ask, begin, exchange

EVERY_CASE = frozenset(
    [
        "open_case_file",
        "append_events",
        "issue_codes",
        "send_notice",
        "open_room",
        "admit_to_room",
        "close_room",
        "begin_identification",
        "complete_identification",
        "send_pin",
        "check_pin",
        "write_document",
        "sign_as_citizen",
        "draft_minutes",
        "set_minutes",
        "sign_as_official",
        "seal_document",
        "compile_record",
        "queue_leaf",
        "look_for_anchor",
        "finish_bundle",
    ]
).union(OF_THE_ANCHORING)
RECORDED = {"start_recording", "stop_recording", "keep_manifest"}
FAMILIES = {
    "conciliation": EVERY_CASE | RECORDED | {"capture_still", "take_in_document"},
    "life_certificate": EVERY_CASE | {"capture_still"},
    "oral_hearing_witness": EVERY_CASE | RECORDED | {"capture_still", "take_in_document"},
    "victim_appointment": EVERY_CASE | {"take_in_document"},
}
"""What the play of each asks of the world."""

ASKED_WHEN_LATE = {"look_for_anchor"}
"""Not by a case that was told of its anchor before it looked."""

AROUND_A_RECESS = {"pause_room", "resume_room", "dismiss_from_room"}
OF_REGISTERS = {"exchange_record", "write_record_report"}
OF_ENTRIES = {"enter_document"}
ENTERED = {"apud_acta_power": Register.POWERS, "birth_declaration": Register.CIVIL}
"""By type, the register that takes what is signed in it."""

OF_TERMS = {"reckon_term"}
BETWEEN_TWO_RUNS = {"read_state"}
ELSEWHERE = {
    "advise_on_stills": "nowhere yet: tests/workflows/test_identified_by_face.py holds it undisturbed",
    "mute_in_room": "tests/workflows/test_microphones.py",
    "file_request": "tests/workflows/test_cooperation.py",
    "take_in_answers": "tests/workflows/test_cooperation.py",
    "search_registry": "tests/workflows/test_registry_searches.py",
    "find_account_notices": "tests/workflows/test_account_notices.py",
    "send_account_notice": "tests/workflows/test_account_notices.py",
    "find_systems_to_tell": "tests/workflows/test_webhooks.py",
    "tell_system": "tests/workflows/test_webhooks.py",
}
"""Of none of these plays: each is broken where that file says."""

FAULTS = pytest.mark.parametrize("fault", [refused_for_good, hung], ids=lambda fault: fault.__name__)


def happened(procedure: Procedure, journal: MemoryJournal) -> Counter[str]:
    """How often each kind of event stands in the journal; what tells of trouble aside."""
    types = Counter(entry.type for entry in journal.lines[procedure.id])
    del types["trouble_reported"]
    return types


async def whole(court: Court, type_id: str, name: str) -> tuple[Procedure, MemoryJournal]:
    room = PersistentRoom(court, await court.summon(type_id, f"prc_{name}"))
    closed = await Play(room, name, paper=b"a scanned page").whole()
    return closed, journal_of(court)


_UNDISTURBED: dict[str, Counter[str]] = {}


async def undisturbed(type_id: str) -> Counter[str]:
    """What happens when nothing fails: the same beside every fault, so it is held once."""
    if type_id not in _UNDISTURBED:
        async with open_court() as court:
            _UNDISTURBED[type_id] = happened(*await whole(court, type_id, "undisturbed"))
    return _UNDISTURBED[type_id]


def journal_of(court: Court) -> MemoryJournal:
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    return journal


def activities(first: FirstTime) -> set[str]:
    return {name.partition(" ")[0] for name in first.met}


@pytest.mark.timeout(400)
@FAULTS
@pytest.mark.parametrize("type_id", FAMILIES)
async def test_whatever_fails_once_the_case_ends_with_nothing_lost_or_doubled(type_id: str, fault: Fault) -> None:
    expected = await undisturbed(type_id)
    async with disturbed(fault) as (court, first):
        closed, journal = await whole(court, type_id, "disturbed")

    assert closed.stage is Stage.CLOSED and closed.trouble is None
    assert happened(closed, journal) == expected
    assert state_of(journal.lines[closed.id]) == closed
    numbers = [json.loads(line.line)["seq"] for line in journal.lines[closed.id]]
    assert numbers == list(range(len(numbers)))
    asked = FAMILIES[type_id] - (set(NOT_ASKED_AGAIN) if fault is refused_for_good else set())
    assert activities(first) | ASKED_WHEN_LATE == asked | ASKED_WHEN_LATE


@FAULTS
async def test_what_fails_once_around_a_recess_is_done_once(fault: Fault) -> None:
    async with disturbed(fault) as (court, first):
        room = PersistentRoom(court, await court.summon("life_certificate", "prc_recess"))
        play = Play(room, "disturbed_recess")
        await play.arrive()
        await play.enter()
        await play.identify()
        await play.interrupt()
        await play.resume()
        procedure = await room.procedure()
        await play.say(
            procedure.hosts[0], DismissParticipant, participant=procedure.citizens[0].id, reason="Vuelve mañana"
        )
        told = happened(procedure, journal_of(court))

    assert activities(first) >= AROUND_A_RECESS
    assert [told[kind] for kind in ("procedure_interrupted", "procedure_resumed", "participant_dismissed")] == [1, 1, 1]


@FAULTS
async def test_a_state_that_cannot_be_read_between_two_runs_is_read_once_it_can(fault: Fault) -> None:
    async with disturbed(fault) as (court, first):
        room = PersistentRoom(court, await court.summon("life_certificate", "prc_two_runs"))
        await Play(room, "two_runs").arrive()
        before, client = await room.procedure(), court.environment.client
        await room.handle.terminate()

        assert await resume(client, journal_of(court), before.id, "")

        next_run = Room(court, client.get_workflow_handle(workflow_id(before.id)))
        assert await PersistentRoom(court, next_run).procedure() == before

    assert activities(first) >= BETWEEN_TWO_RUNS


@FAULTS
async def test_a_record_comes_once_whatever_fails_while_it_is_asked_for(fault: Fault) -> None:
    async with disturbed(fault) as (court, first):
        room = PersistentRoom(court, await court.summon("oral_hearing_witness", "prc_registers"))
        play = Play(room, "registers")
        await begin(room, play)
        request = await ask(room, play)
        for authority in ("ES", "PT"):
            answer(court, request, authority)
        told = happened(await answered(court, room, authorities=2, looking=timedelta(minutes=5)), journal_of(court))

    assert activities(first) >= OF_REGISTERS
    assert [told[kind] for kind in ("criminal_record_requested", "criminal_record_answered")] == [1, 2]
    assert sorted(one.message for one in exchange(court).asked) == [one.id for one in request.messages]


@FAULTS
@pytest.mark.parametrize("type_id", ENTERED)
async def test_what_is_signed_is_entered_once_whatever_fails_while_the_register_is_asked(
    fault: Fault, type_id: str
) -> None:
    async with disturbed(fault) as (court, first):
        room = PersistentRoom(court, await court.summon(type_id, "prc_register"))
        await granted(room, "register")
        while not any(one.number for one in (await room.procedure()).register_entries):
            await court.environment.sleep(timedelta(minutes=5))
        told = happened(await room.procedure(), journal_of(court))

    assert activities(first) >= OF_ENTRIES
    assert [told[kind] for kind in ("register_entry_requested", "register_entry_made")] == [1, 1]
    assert len(register(court, ENTERED[type_id]).entered) == 1


@FAULTS
async def test_a_term_in_working_days_is_reckoned_once_whatever_fails(fault: Fault) -> None:
    async with disturbed(fault) as (court, first):
        room = PersistentRoom(court, await court.summon("conciliation", "prc_term"))
        play = Play(room, "term")
        await play.arrive()
        await play.enter()
        await play.identify()
        await play.interrupt()
        while (stopped := (await room.procedure()).interruption) is None or stopped.due_at is None:
            await court.environment.sleep(timedelta(seconds=30))
        await play.resume()
        told = happened(await room.procedure(), journal_of(court))

    assert activities(first) >= OF_TERMS
    assert [told[kind] for kind in ("term_reckoned", "procedure_resumed")] == [1, 1]


async def test_no_activity_is_without_its_faults() -> None:
    """One that is new belongs to a play above."""
    async with open_court() as court:
        every = acts(court.installation)
        served = [
            *(*every.procedures, *every.crypto, *every.documents, *every.anchoring, *every.webhooks, *every.lexnet),
            *room_acts(court.installation, court.media, court.recorder),
        ]

    met = set().union(
        *FAMILIES.values(),
        AROUND_A_RECESS,
        OF_REGISTERS,
        OF_ENTRIES,
        OF_TERMS,
        BETWEEN_TWO_RUNS,
        ELSEWHERE,
    )
    assert {activity.__name__ for activity in served} == met
