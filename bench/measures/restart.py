"""From `kill -9` of the worker, with an act under way, to that act in the journal."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from bench.floor import BareWorkflow, Floor
from bench.installation import WorkerProcess
from bench.measures.figures import Aim, Figure
from bench.measures.ground import Ground
from bench.measures.updates import FirstPoint


async def measure_restart(ground: Ground, *, times: int) -> list[Figure]:
    """The median of several deaths of the worker, and of as many of the bare one."""
    point, bare = await FirstPoint.open(ground), await ground.start_bare(Floor(inside=[0], after=[0]))
    real = [await _death(ground.worker, point.fill) for _ in range(times)]
    floor = [await _death(ground.floor_worker, lambda: bare.execute_update(BareWorkflow.one)) for _ in range(times)]
    await bare.execute_update(BareWorkflow.step)
    (killed, ready), (killed_bare, ready_bare) = _medians(real), _medians(floor)
    said = "an update of the bare workflow"
    return [
        Figure("restart_to_next_step_s", ready, "s", ready_bare, said, Aim(2)),
        Figure("kill_to_next_step_s", killed, "s", killed_bare, said),
    ]


async def _death(worker: WorkerProcess, act: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Seconds to the answer, from the kill and from the moment when the next worker says that it serves.

    The act is asked for first, and nobody knows how far it gets before the worker dies; an act that ends before the
    new worker says so has waited no time for it.
    """
    await act()
    under_way = asyncio.ensure_future(_when(act))
    await asyncio.sleep(0)
    killed = time.monotonic()
    worker.kill()
    worker.start()
    await worker.serves()
    ready = time.monotonic()
    answered = await under_way
    return answered - killed, max(0.0, answered - ready)


async def _when(act: Callable[[], Awaitable[object]]) -> float:
    await act()
    return time.monotonic()


def _medians(deaths: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(killed for killed, _ in deaths), statistics.median(ready for _, ready in deaths)
