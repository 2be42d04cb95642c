"""A long history ends at the boundary of a session and a new run carries on: nobody notices."""

import json
from collections.abc import Callable
from datetime import timedelta

from temporalio.service import RPCError

from adapters.memory import MemoryJournal
from domain.commands import AskHelp, Command, Receipt
from domain.errors import Refusal
from domain.events import state_of
from domain.ports.media import RoomFact
from domain.procedure.people import Presence
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.asking import by, until
from tests.workflows.court import Court, Room, open_court
from tests.workflows.engines import engine_with, handing_over_after
from workflows.procedure import ProcedureWorkflow

ENOUGH_FOR_A_SUMMONS = 60


class AttentiveRoom(Room):
    """Remembers what was said and what was answered."""

    def __init__(self, court: Court, room: Room) -> None:
        super().__init__(court, room.handle)
        self.answered: list[tuple[Command, Receipt]] = []

    async def perform(self, command: Command) -> Receipt:
        receipt = await super().perform(command)
        self.answered.append((command, receipt))
        return receipt


async def test_a_procedure_that_was_handed_over_ends_as_one_that_was_not() -> None:
    async with open_court(handing_over_after(ENOUGH_FOR_A_SUMMONS), timedelta(seconds=1)) as court:
        room = AttentiveRoom(court, await court.summon("conciliation", "prc_handed_over"))
        closed = await Play(room, "handed_over", paper=b"a scanned page").whole()
        journal = court.installation.journal
        assert isinstance(journal, MemoryJournal)
        first, last = room.handle.first_execution_run_id, (await room.handle.describe()).run_id

        entries = await journal.read(closed.id)

        assert first != last
        assert closed.stage is Stage.CLOSED
        assert state_of(entries) == closed
        assert [json.loads(entry.line)["seq"] for entry in entries] == list(range(len(entries)))


async def test_an_answer_given_before_the_handover_is_given_again_after_it() -> None:
    async with open_court(handing_over_after(ENOUGH_FOR_A_SUMMONS), timedelta(seconds=1)) as court:
        room = AttentiveRoom(court, await court.summon("conciliation", "prc_asked_again"))
        play = Play(room, "asked_again")
        await play.arrive()
        await play.enter()
        await play.identify()
        await play.hold_agenda()
        await play.close()
        before = await room.reaches(Stage.APPROVAL)
        assert (await room.handle.describe()).run_id != room.handle.first_execution_run_id

        for command, receipt in list(room.answered):
            assert await room.perform(command) == receipt

        assert await room.procedure() == before


MOST_UPDATES, LONG = 30, 200
"""Of one run, for this test. The engine's own number is 2,000, long before which a history is `EVENTS_PER_RUN` long."""


async def test_a_case_whose_commands_are_used_up_while_a_handler_waits_goes_on_once_the_journal_does() -> None:
    """Nothing hands over while a handler waits for the journal, for days if need be; all its tries count meanwhile."""
    limits = (f"history.maxTotalUpdates={MOST_UPDATES}", f"limit.historyCount.suggestContinueAsNew={LONG}")
    async with open_court(engine_with(*limits), None) as court:
        room = await court.summon("life_certificate", "prc_used_up")
        play = Play(room, "used_up")
        await play.arrive()
        await play.enter()
        procedure = await room.procedure()
        person, journal = procedure.citizens[0], court.installation.journal
        assert isinstance(journal, MemoryJournal) and procedure.changed_at is not None
        journal.refuses = "unknown_key"
        seen = RoomFact(id=1, procedure=procedure.id, participant=person.id, kind="joined", at=procedure.changed_at)
        await room.handle.signal(ProcedureWorkflow.room_fact, seen)

        asked = await asked_until_nothing_more_is_taken(
            room, lambda n: AskHelp(**by(person, f"in-vain-{n}"), participant=person.id)
        )
        assert asked < MOST_UPDATES
        journal.refuses = None
        await room.handle.signal(ProcedureWorkflow.try_again)
        await until(room, lambda now: now.participant(person.id).presence is Presence.CONNECTED)

        assert (await room.perform(AskHelp(**by(person, "once-more"), participant=person.id))).seq > 0
        assert (await room.handle.describe()).run_id != room.handle.first_execution_run_id


async def asked_until_nothing_more_is_taken(room: Room, command: Callable[[int], Command]) -> int:
    """How many commands the journal refused before the engine took no more."""
    for number in range(2 * MOST_UPDATES):
        try:
            await room.perform(command(number))
        except Refusal as refusal:
            assert refusal.code == "unknown_key"
        except RPCError:
            return number
    raise AssertionError("the engine took them all")
