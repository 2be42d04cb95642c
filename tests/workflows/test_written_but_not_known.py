"""A line stands in the journal and the run has not heard of it: whoever read the journal is not refused for that."""

import asyncio
from datetime import timedelta
from typing import Any

from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.orders import AppendEvents
from domain.commands import CheckIn
from domain.events import state_of
from domain.ids import ProcedureId
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import open_court

SMALLEST = "life_certificate"


class WrittenAndSilent(Interceptor):
    """The first writing of `event` takes place, and its attempt is never heard of again: its worker stands still."""

    def __init__(self, event: str) -> None:
        self.event = event
        self.written = asyncio.Event()

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Silent(next, self)


class _Silent(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, silent: WrittenAndSilent) -> None:
        super().__init__(next)
        self._silent = silent

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        order = input.args[0] if input.args else None
        done = await self.next.execute_activity(input)
        written = {entry.type for entry in order.entries} if isinstance(order, AppendEvents) else set()
        if self._silent.event in written and not self._silent.written.is_set():
            self._silent.written.set()
            await asyncio.Event().wait()
        return done


async def test_who_reads_in_the_journal_that_they_are_summoned_may_arrive() -> None:
    silent = WrittenAndSilent("summons_issued")
    async with open_court(more=[silent]) as court:
        room = await court.summon(SMALLEST, "prc_written")
        await silent.written.wait()
        procedure = state_of(await court.installation.journal.read(ProcedureId("prc_written")))
        assert procedure.stage is Stage.SUMMONED
        citizen = procedure.citizens[0]
        said = {"participant": citizen.id, "office": citizen.office, "place": "office", "device": "desk-1"}

        arriving = asyncio.create_task(Play(room, "written").say(citizen, CheckIn, **said))
        await court.environment.sleep(timedelta(minutes=1))

        assert (await arriving).stage == Stage.CHECKED_IN
