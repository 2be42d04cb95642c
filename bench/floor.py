"""The floor: the least that the engine can do for a procedure, a workflow without a thought that does as many things.

It speaks the engine's own converter, encrypts nothing, checks nothing and keeps nothing. As a program,
`python -m bench.floor`, it is a worker that serves nothing else: what it costs is what the engine costs.
"""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker

QUEUE = "floor"


@dataclass
class Floor:
    """How many empty activities follow the start, lie inside each update, and follow each update."""

    opening: int = 0
    inside: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    @property
    def updates(self) -> int:
        return len(self.inside)

    @property
    def activities(self) -> int:
        return self.opening + sum(self.inside) + sum(self.after)


@activity.defn
async def nothing() -> None:
    """What an activity costs before it does anything."""


@workflow.defn
class BareWorkflow:
    """As many updates and activities as told, in the order told."""

    @workflow.init
    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._answered = 0
        self._settled = -1

    @workflow.run
    async def run(self, floor: Floor) -> None:
        await _nothings(floor.opening)
        self._settled = 0
        for number, after in enumerate(floor.after, start=1):
            await workflow.wait_condition(lambda number=number: self._answered >= number)  # type: ignore[misc]
            await _nothings(after)
            self._settled = number
        await workflow.wait_condition(workflow.all_handlers_finished)

    @workflow.update
    async def step(self) -> None:
        """The next update with its activities; to be asked for once everything before it is done."""
        number = self._answered
        await _nothings(self._floor.inside[number])
        self._answered = number + 1

    @workflow.query
    def settled(self) -> int:
        """After how many updates everything is done; -1 during the opening."""
        return self._settled

    @workflow.update
    async def empty(self) -> None:
        """An update that does not even call an activity, and may come at any time."""

    @workflow.update
    async def one(self) -> None:
        """An update with one activity, that may come at any time."""
        await _nothings(1)


async def _nothings(times: int) -> None:
    for _ in range(times):
        await workflow.execute_activity(nothing, start_to_close_timeout=timedelta(seconds=10))


async def serve(address: str, namespace: str, ready: str | None) -> None:
    """A worker until it is killed; the file `ready` appears when it serves."""
    client = await Client.connect(address, namespace=namespace)
    worker = Worker(
        client,
        task_queue=QUEUE,
        workflows=[BareWorkflow],
        activities=[nothing],
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
    )
    async with worker:
        if ready is not None:
            await asyncio.to_thread(Path(ready).write_text, str(os.getpid()))
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(
        serve(
            os.environ["ESTRADO_TEMPORAL_ADDRESS"],
            os.environ["ESTRADO_TEMPORAL_NAMESPACE"],
            os.environ.get("ESTRADO_READY_FILE"),
        )
    )
