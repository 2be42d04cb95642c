"""What all measures share: a house that is served, the bare engine beside it, and the plays upon both."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from temporalio.client import Client, WorkflowHandle

from bench.floor import QUEUE, BareWorkflow, Floor
from bench.installation import House, WorkerProcess, open_house, prepare, serving
from bench.measures.effects import Effects, RawWorld, effects_of
from bench.measures.history import Account, Span, account_of, busy_seconds
from bench.measures.watching import A_MOMENT, Stages, WatchedRoom, watching
from bench.papers import scanned_page
from deploy.stack import Stack
from domain.procedure.state import Procedure
from rehearsal.acting import Play
from workflows.engine.queues import TASK_TIMEOUT

TYPE = "conciliation"


@dataclass(frozen=True)
class Played:
    """One procedure from the summons to the end, and what it took."""

    procedure: Procedure
    account: Account
    spans: list[Span]
    answers: dict[str, list[float]]

    @property
    def work(self) -> float:
        """Seconds in which something was asked of the server or went on in it; waiting for the batch is neither."""
        return busy_seconds(self.spans)


@dataclass(frozen=True)
class Ground:
    house: House
    worker: WorkerProcess
    bare: Client
    floor_worker: WorkerProcess
    raw: RawWorld
    stages: Stages

    async def play(self) -> Played:
        """One whole conciliation, with a paper that is scanned in."""
        id = f"prc_bench_{secrets.token_hex(6)}"
        room = await WatchedRoom.open(self.house, self.stages, TYPE, id)
        closed = await Play(room, id, paper=scanned_page()).whole()
        await room.handle.result()
        account = account_of(await room.handle.fetch_history())
        return Played(closed, account, room.spans + account.spans, room.answers)

    async def effects(self, procedure: Procedure) -> Effects:
        return await effects_of(self.house, procedure)

    async def walk_floor(self, floor: Floor, effects: Effects) -> float:
        """Seconds in which the bare engine and the raw parts were busy with as many things."""
        handle, spans = await self.walk_bare(floor)
        spans.append(await self.raw.repeat(effects))
        return busy_seconds(spans + account_of(await handle.fetch_history()).spans)

    async def walk_bare(self, floor: Floor) -> tuple[WorkflowHandle[BareWorkflow, None], list[Span]]:
        since = time.time()
        handle = await self.start_bare(floor)
        spans = [(since, time.time())]
        for number in range(floor.updates):
            await settled(handle, number)
            since = time.time()
            await handle.execute_update(BareWorkflow.step)
            spans.append((since, time.time()))
        await handle.result()
        return handle, spans

    async def start_bare(self, floor: Floor) -> WorkflowHandle[BareWorkflow, None]:
        return await self.bare.start_workflow(
            BareWorkflow.run,
            floor,
            id=f"floor-{secrets.token_hex(6)}",
            task_queue=QUEUE,
            task_timeout=TASK_TIMEOUT,
        )


async def settled(handle: WorkflowHandle[BareWorkflow, None], updates: int) -> None:
    """Wait as an actor does who looks at the state before the next line."""
    while await handle.query(BareWorkflow.settled) < updates:  # noqa: ASYNC110 - it moves in another process
        await asyncio.sleep(A_MOMENT)


@asynccontextmanager
async def open_ground(stack: Stack, *, people: bool = False) -> AsyncIterator[Ground]:
    """Everything started and at work; `stack` has been opened. `people`: as of `prepare`."""
    prepare(stack, people=people)
    async with AsyncExitStack() as closing:
        house = await closing.enter_async_context(open_house(stack))
        stages = await closing.enter_async_context(watching(house))
        raw = await closing.enter_async_context(RawWorld.open(house.settings))
        worker = await closing.enter_async_context(serving(WorkerProcess(stack)))
        floor_worker = await closing.enter_async_context(serving(WorkerProcess(stack, "-m", "bench.floor")))
        settings = house.settings
        bare = await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)
        yield Ground(house, worker, bare, floor_worker, raw, stages)
