"""Every activity of every family is refused for good, or hangs, and then healed: every case goes on and ends."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from temporalio import activity
from temporalio.client import WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.orders import AppendEvents
from adapters.memory import MemoryJournal
from api.http.problems import StillWorking
from api.services.gateway import Gateway
from domain.commands import Command, OpenRoom, Receipt
from domain.errors import PersonMustAct, Refusal
from domain.events import state_of
from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.asking import by
from tests.workflows.court import Court, Room, open_court
from workflows.engine.case_file import TROUBLE
from workflows.procedure import ProcedureWorkflow

FAMILIES = ("conciliation", "life_certificate", "oral_hearing_witness", "victim_appointment")
Fault = Callable[[], Any]


OF_THE_ANCHORING = ("find_unanchored_batch", "close_batch", "anchor_batch")
"""They refuse nothing for good: what the chain refuses they keep for the operator and try again themselves."""


class FirstTime(Interceptor):
    """The first attempt of each activity, and of each kind of writing, meets `fault`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.met: list[str] = []

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _FirstTime(next, self)


class _FirstTime(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, first: FirstTime) -> None:
        super().__init__(next)
        self._first = first

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        name = activity.info().activity_type
        order = input.args[0] if input.args else None
        if isinstance(order, AppendEvents) and self._first.fault is refused_for_good:
            name = " ".join([name, *(entry.type for entry in order.entries)])
        if name not in self._first.met and not (name in OF_THE_ANCHORING and self._first.fault is refused_for_good):
            self._first.met.append(name)
            await self._first.fault()
        return await self.next.execute_activity(input)


async def refused_for_good() -> None:
    raise PersonMustAct("unknown_key")


async def hung() -> None:
    """As in a process that stands still: no beat goes out either."""
    await asyncio.Event().wait()


class PersistentRoom(Room):
    """Asks as the API does, and again under the same key for as long as the world is away."""

    def __init__(self, court: Court, room: Room) -> None:
        super().__init__(court, room.handle)
        self.given_up = asyncio.Event()
        self._gateway = Gateway(court.environment.client, CaseReading(court.installation.journal), "test")

    async def procedure(self) -> Procedure:
        while True:
            try:
                return (await self.handle.query(ProcedureWorkflow.progress)).procedure
            except WorkflowQueryFailedError:  # its first event is not written yet
                await self.court.environment.sleep(timedelta(seconds=30))

    async def perform(self, command: Command) -> Receipt:
        id = (await self.procedure()).id
        for _ in range(12):
            asked = asyncio.create_task(self._gateway.perform(id, command))
            while not asked.done():
                await asyncio.wait([asked], timeout=0.2)
                if not asked.done():
                    await self.court.environment.sleep(timedelta(seconds=10))
            try:
                return await asked
            except Refusal as refusal:
                if refusal.code not in ("unknown_key", "outside_unavailable"):
                    raise
                self.given_up.set()
            except StillWorking:  # accepted: whoever asks again learns what came of it
                await self.court.environment.sleep(timedelta(minutes=5))
        raise AssertionError(f"{command.update} never got through")


@asynccontextmanager
async def disturbed(fault: Fault) -> AsyncIterator[tuple[Court, FirstTime]]:
    first = FirstTime(fault)
    async with open_court(more=[first]) as court:
        yield court, first


def happened(procedure: Procedure, journal: MemoryJournal) -> Counter[str]:
    """How often each kind of event stands in the journal; what tells of trouble aside."""
    types = Counter(entry.type for entry in journal.lines[procedure.id])
    del types["trouble_reported"]
    return types


async def whole(court: Court, type_id: str, name: str) -> tuple[Procedure, MemoryJournal]:
    room = PersistentRoom(court, await court.summon(type_id, f"prc_{name}"))
    closed = await Play(room, name, paper=b"a scanned page").whole()
    journal = court.installation.journal
    assert isinstance(journal, MemoryJournal)
    return closed, journal


@pytest.mark.timeout(400)
@pytest.mark.parametrize("fault", [refused_for_good, hung], ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("type_id", FAMILIES)
async def test_whatever_fails_once_the_case_ends_with_nothing_lost_or_doubled(type_id: str, fault: Fault) -> None:
    async with open_court() as court:
        expected = happened(*await whole(court, type_id, "undisturbed"))
    async with disturbed(fault) as (court, first):
        closed, journal = await whole(court, type_id, "disturbed")

    assert closed.stage is Stage.CLOSED and closed.trouble is None
    assert happened(closed, journal) == expected
    assert state_of(journal.lines[closed.id]) == closed
    numbers = [json.loads(line.line)["seq"] for line in journal.lines[closed.id]]
    assert numbers == list(range(len(numbers)))
    assert len(first.met) > (40 if fault is refused_for_good else 18)


async def test_a_room_fact_that_the_journal_refuses_is_written_once_it_takes_it() -> None:
    async with open_court() as court:
        room = await court.summon("life_certificate", "prc_refused_fact")
        play = Play(room, "refused_fact")
        await play.arrive()
        await play.enter()
        person = (await room.procedure()).citizens[0].id
        journal = court.installation.journal
        assert isinstance(journal, MemoryJournal)
        journal.refuses = "unknown_key"

        await room.handle.signal(ProcedureWorkflow.room_fact, fact(await room.procedure(), person, "connection_lost"))
        await court.environment.sleep(timedelta(hours=3))
        described = await room.handle.describe()

        assert described.status is WorkflowExecutionStatus.RUNNING
        assert described.typed_search_attributes.get(TROUBLE) == "unknown_key"
        journal.refuses = None
        await court.environment.sleep(timedelta(hours=1))
        assert (await room.procedure()).participant(person).presence is Presence.LOST
        assert (await room.handle.describe()).typed_search_attributes.get(TROUBLE) is None


async def test_a_term_that_passes_while_the_journal_refuses_takes_effect_once_it_takes_it() -> None:
    async with open_court() as court:
        room = await court.summon("life_certificate", "prc_refused_term")
        await room.reaches(Stage.SUMMONED)
        journal = court.installation.journal
        assert isinstance(journal, MemoryJournal)
        journal.refuses = "content_erased"
        await court.environment.sleep(timedelta(hours=2))
        assert (await room.handle.describe()).status is WorkflowExecutionStatus.RUNNING

        journal.refuses = None
        await room.handle.signal(ProcedureWorkflow.try_again)

        assert (await room.reaches(Stage.INTERRUPTED)).stage is Stage.INTERRUPTED


async def test_a_fact_about_somebody_who_is_not_there_stops_nothing() -> None:
    async with open_court() as court:
        room = await court.summon("life_certificate", "prc_stranger")
        procedure = await room.reaches(Stage.SUMMONED)

        await room.handle.signal(ProcedureWorkflow.room_fact, fact(procedure, ParticipantId("p99"), "joined"))

        assert (await Play(room, "stranger").whole()).stage is Stage.CLOSED


async def test_what_was_given_up_while_the_rooms_were_away_is_done_under_the_same_key() -> None:
    async with open_court() as court:
        room = await court.summon("life_certificate", "prc_same_key")
        host = (await room.reaches(Stage.SUMMONED)).hosts[0]
        asks = PersistentRoom(court, room)
        court.media.away = True
        command = OpenRoom(**by(host, "open-same-key"))
        asked = asyncio.create_task(asks.perform(command))
        await asks.given_up.wait()

        court.media.away = False

        receipt = await asked
        assert await asks.perform(command) == receipt
        assert (await room.procedure()).room_opened_at is not None


def fact(procedure: Procedure, person: ParticipantId, kind: str) -> RoomFact:
    assert procedure.changed_at is not None
    return RoomFact(id=1, procedure=procedure.id, participant=person, kind=kind, at=procedure.changed_at)
