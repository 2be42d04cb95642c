"""What the world may do to an activity, done to the first attempt of each."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.client import WorkflowQueryFailedError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
)

from activities.orders import AppendEvents
from api.http.problems import StillWorking
from api.services.gateway import Gateway
from domain.commands import Command, Receipt
from domain.errors import PersonMustAct, Refusal
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from tests.workflows.court import Court, Room, open_court
from tests.workflows.sooner import FoundOutSooner
from workflows.procedure import ProcedureWorkflow

Fault = Callable[[], Any]


OF_THE_ANCHORING = ("find_unanchored_batch", "close_batch", "anchor_batch")
"""They refuse nothing for good: what the chain refuses they keep for the operator and try again themselves."""

NOT_ASKED_AGAIN = (*OF_THE_ANCHORING, "start_recording", "stop_recording")
"""An act waits for no recorder that refuses: its minutes are written instead (`test_recording.py`)."""


class FirstTime(Interceptor):
    """The first attempt of each activity, and of each kind of writing, meets `fault`."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.met: list[str] = []

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _FirstTime(next, self)

    def workflow_interceptor_class(self, input: WorkflowInterceptorClassInput) -> type[WorkflowInboundInterceptor]:
        return FoundOutSooner


class _FirstTime(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, first: FirstTime) -> None:
        super().__init__(next)
        self._first = first

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        name = activity.info().activity_type
        order = input.args[0] if input.args else None
        if isinstance(order, AppendEvents) and self._first.fault is refused_for_good:
            name = " ".join([name, *(entry.type for entry in order.entries)])
        if name not in self._first.met and not (name in NOT_ASKED_AGAIN and self._first.fault is refused_for_good):
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
                    await self.court.environment.sleep(timedelta(seconds=30))
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
