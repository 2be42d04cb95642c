"""A gap of media lapses an identity exactly when the type says so, and from there nothing leads to a signature."""

from datetime import timedelta
from functools import reduce
from typing import Any

import pytest

from adapters.memory import MemoryJournal
from domain.commands import InterruptProcedure, ResumeProcedure, SendPin, SignDocument
from domain.errors import Refusal
from domain.events.people import ParticipantJoined
from domain.events.private_rooms import PrivateRoomOpened
from domain.ids import ProcedureId, workflow_id
from domain.journal.chain import ChainHead, advance
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules.continuity import nothing_of_the_lapsed, outlasts
from domain.rules.table import RULES
from domain.types.vocabulary import Family, Stage
from rehearsal.acting import Play
from tests.domain.conferring import LAWYER, ROOM, with_lawyers
from tests.domain.samples import APPLICANT, then
from tests.shipped import shipped_types
from tests.workflows.asking import before_signing, code_of, pin, read, until
from tests.workflows.court import Court, Room
from tests.workflows.gaps import GAPS, LAPSE_AFTER, Fact, Gap, Stop, back, lost
from tests.workflows.lapsed_walk import IDENTIFYING, bound, walk
from workflows.engine.messages import Carried, Continued, HoldProcedure
from workflows.engine.queues import PROCEDURES
from workflows.families import WORKFLOWS
from workflows.procedure import ProcedureWorkflow

STILL_DONE = {
    "acknowledge_warnings",
    "ask_for_floor",
    "ask_help",
    "check_in",
    "stop_identification",
    "withdraw_floor_request",
}
"""What a person whose identity has lapsed may say themselves: nothing of it binds them. A new command that is let in
stands here, or it is wrong."""


async def ready(court: Court, name: str) -> Procedure:
    """Somebody has read and understood what they are about to sign."""
    room, play, person, document = await before_signing(court, name)
    host = (await room.procedure()).hosts[0]
    await read(play, host, person, document)
    await room.joins(person.id)
    return await room.procedure()


async def carried(court: Court, procedure: Procedure, name: str) -> Room:
    """The same act once more from here, with its journal, under a name of its own."""
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    id = ProcedureId(f"prc_{name}")
    journal.lines[id] = list(journal.lines.get(procedure.id, []))
    head = reduce(advance, journal.lines[id], ChainHead())
    handed = Carried(procedure=procedure.but(id=id), head=head, seed="ab" * 32, receipts={})
    return await started(court, id, HoldProcedure(carried=handed), procedure.type.procedure.family)


async def started(court: Court, id: ProcedureId, order: HoldProcedure, family: Family = Family.CIVIL_REGISTRY) -> Room:
    run = WORKFLOWS[family].run
    handle = await court.environment.client.start_workflow(run, order, id=workflow_id(id), task_queue=PROCEDURES)
    return Room(court, handle)


async def sign(room: Room, name: str) -> None:
    """Resume where the act was stopped, a PIN, the signature."""
    play, procedure = Play(room, name), await room.procedure()
    person, document = procedure.citizens[0], procedure.documents[0]
    if procedure.stage is Stage.INTERRUPTED:
        await play.say(procedure.hosts[0], ResumeProcedure)
    said = {"document": document.id, "sha256": document.original.sha256, "participant": person.id, "explicit": True}
    await play.say(person, SignDocument, **said, **await pin(play, person, document.id))


async def play_out(court: Court, rooms: dict[str, Room], gaps: tuple[Gap, ...]) -> None:
    """Every gap on one clock, each in its own act."""
    begins = await court.environment.get_current_time()
    steps = sorted(
        ((step.told, number, gap, step) for gap in gaps for number, step in enumerate(gap.steps, start=1)),
        key=lambda known: known[:2],
    )
    for told, number, gap, step in steps:
        now = await court.environment.get_current_time()
        if (wait := begins + timedelta(seconds=told) - now) > timedelta():
            await court.environment.sleep(wait)
        room = rooms[gap.name]
        procedure = await room.procedure()
        if isinstance(step, Stop):
            host = procedure.hosts[0]
            await Play(room, f"stop {gap.name}").say(host, InterruptProcedure, cause=step.cause, must_act="registrar")
        else:
            fact = step.told_of(procedure.id, procedure.citizens[0].id, begins, number)
            await room.handle.signal(ProcedureWorkflow.room_fact, fact)
    await court.environment.sleep(LAPSE_AFTER * 3)


def test_there_are_kinds_and_lengths_enough_and_the_types_allow_what_is_said_here() -> None:
    assert len({gap.name for gap in GAPS}) == len(GAPS) >= 20
    assert 10 <= sum(gap.lapses for gap in GAPS) <= len(GAPS) - 10
    assert shipped_types()["life_certificate"].procedure.identity.lapse_after == LAPSE_AFTER


@pytest.mark.parametrize("milliseconds", [0, 1, 29_999, 30_000, 30_001, 3_600_000])
def test_a_gap_outlasts_what_the_type_allows_when_it_is_longer(milliseconds: int) -> None:
    policy = shipped_types()["life_certificate"].procedure.identity
    assert outlasts(policy, timedelta(milliseconds=milliseconds)) is (milliseconds > 30_000)


@pytest.mark.timeout(240)
async def test_every_kind_of_gap_lapses_or_never_does_as_the_type_says(court: Court) -> None:
    procedure = await ready(court, "gaps")
    rooms = {gap.name: await carried(court, procedure, f"gap_{number}") for number, gap in enumerate(GAPS)}
    await play_out(court, rooms, GAPS)

    came_of_it: dict[str, Any] = {}
    for number, gap in enumerate(GAPS):
        state = await rooms[gap.name].procedure()
        lapsed = state.citizens[0].identity.lapsed_cause is not None
        try:
            await sign(rooms[gap.name], f"sign_{number}")
            signed = True
        except Refusal as refusal:
            signed = False
            assert refusal.code in ("identity_lapsed", "interrupted", "not_in_room"), (gap.name, refusal.code)
        assert bool((await rooms[gap.name].procedure()).documents[0].signatures) is signed
        came_of_it[gap.name] = (lapsed, signed)
    assert came_of_it == {gap.name: (gap.lapses, not gap.lapses) for gap in GAPS}


@pytest.mark.parametrize(("seconds", "lapses"), [(25, False), (35, True)])
async def test_a_gap_while_they_talk_in_private_counts_too(court: Court, seconds: int, lapses: bool) -> None:
    now = await court.environment.get_current_time()
    talking = PrivateRoomOpened(room=ROOM, lawyer=LAWYER, client=APPLICANT, ends_at=now + timedelta(hours=1))
    here = (ParticipantJoined(participant=one) for one in (APPLICANT, LAWYER))
    room = await carried(court, then(with_lawyers(), talking, *here), f"talk_{seconds}")
    procedure = await room.procedure()
    for step in (lost(0), back(seconds)):
        told = Fact(step.told, step.kind, step.reason, room=ROOM).told_of(
            procedure.id, APPLICANT, now, int(step.told) + 1
        )
        await court.environment.sleep(timedelta(seconds=step.told))
        await room.handle.signal(ProcedureWorkflow.room_fact, told)
    state = await until(room, lambda now: now.participant(APPLICANT).presence is Presence.IN_PRIVATE)
    assert (state.participant(APPLICANT).identity.lapsed_cause is not None) is lapses


async def test_a_gap_that_began_in_an_earlier_run_goes_on_counting_in_the_next(court: Court) -> None:
    room, _, person, _ = await before_signing(court, "earlier")
    await room.joins(person.id)
    id, begins = (await room.procedure()).id, await court.environment.get_current_time()
    await room.handle.signal(ProcedureWorkflow.room_fact, lost(0).told_of(id, person.id, begins, 1))
    await until(room, lambda now: now.participant(person.id).presence is Presence.LOST)
    await court.environment.sleep(timedelta(seconds=20))
    await room.handle.terminate()
    head = reduce(advance, await court.installation.journal.read(id), ChainHead())
    following = await started(court, id, HoldProcedure(continued=Continued(procedure=id, head=head, receipts={})))
    await following.procedure()
    await court.environment.sleep(timedelta(seconds=11))
    stopped = await until(following, lambda now: now.stage is Stage.INTERRUPTED)
    assert stopped.participant(person.id).identity.lapsed_cause == "connection_lost"


async def lapsed_in_session(court: Court, name: str) -> tuple[Room, Procedure]:
    """They are back, the act goes on, a PIN for the document was sent before: only the identity is missing."""
    procedure = await ready(court, name)
    room = await carried(court, procedure, f"{name}_lapsed")
    person = procedure.citizens[0]
    begins = await court.environment.get_current_time()
    for fact in (lost(60, at=0, id=1), back(60, at=50, id=2)):
        said = fact.told_of((await room.procedure()).id, person.id, begins, 1)
        await room.handle.signal(ProcedureWorkflow.room_fact, said)
    state = await until(room, lambda now: now.participant(person.id).identity.lapsed_cause is not None)
    assert (state.stage, state.participant(person.id).presence) == (Stage.IN_SESSION, Presence.CONNECTED)
    return room, state


async def test_of_all_commands_none_binds_whose_identity_has_lapsed(court: Court) -> None:
    room, state = await lapsed_in_session(court, "walk")
    person, document = state.citizens[0], state.documents[0]
    before = bound(state, person)
    # What the code of before would have been, had the lapse not taken it away.
    challenge = {"challenge": "pin_of_before", "proof": await room.proof("pin_of_before")}
    by_rule, by_workflow = set(), set()
    for command in walk(state, person, document, challenge, "walk"):
        try:
            RULES[type(command)](state, command)
            nothing_of_the_lapsed(state, command)
            by_rule.add(command.update)
        except Refusal:
            pass
        if command.update in IDENTIFYING:
            continue
        try:
            await room.perform(command)
            by_workflow.add(command.update)
        except Refusal:
            pass
    assert by_rule - IDENTIFYING <= STILL_DONE
    assert by_workflow <= STILL_DONE
    after = await room.procedure()
    assert after.participant(person.id).identity.lapsed_cause is not None
    assert bound(after, person) == before


async def test_a_code_from_before_the_lapse_signs_nothing_and_none_is_sent_after_it(court: Court) -> None:
    room = await carried(court, await ready(court, "code"), "code_lapsed")
    play, procedure = Play(room, "code"), await room.procedure()
    person, document = procedure.citizens[0], procedure.documents[0]
    sent = await pin(play, person, document.id)
    begins = await court.environment.get_current_time()
    for fact in (lost(60, at=0, id=1), back(60, at=50, id=2)):
        await room.handle.signal(ProcedureWorkflow.room_fact, fact.told_of(procedure.id, person.id, begins, 1))
    await until(room, lambda now: now.participant(person.id).identity.lapsed_cause is not None)
    said = {"document": document.id, "sha256": document.original.sha256, "participant": person.id, "explicit": True}
    assert await code_of(play.say(person, SignDocument, **said, **sent)) == "identity_lapsed"
    assert await code_of(play.say(person, SendPin, participant=person.id, purpose=document.id)) == "identity_lapsed"
    await play.identify()
    await sign(room, "again")
    assert (await room.procedure()).documents[0].signed_by(person.id)
