"""What the world refuses while people wait for it: nothing ends, and all of it is done once the world is back."""

import asyncio
from datetime import timedelta

from temporalio.client import WorkflowExecutionStatus

from adapters.memory import MemoryJournal
from domain.commands import OpenRoom
from domain.ids import ParticipantId
from domain.ports.media import RoomFact
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.asking import by
from tests.workflows.court import open_court
from tests.workflows.faults import PersistentRoom
from workflows.engine.case_file import TROUBLE
from workflows.procedure import ProcedureWorkflow


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
