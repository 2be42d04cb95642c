"""A long history ends at the boundary of a session and a new run carries on: nobody notices."""

import json
from datetime import timedelta

from adapters.memory import MemoryJournal
from domain.commands import Command, Receipt
from domain.events import state_of
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court, Room, open_court
from tests.workflows.engines import handing_over_after

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
