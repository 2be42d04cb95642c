"""A worker that dies by SIGKILL at every boundary of every activity, once each: `python -m bench.faulty_worker`.

Before the effect, and after the effect but before its report. A parent that has read all modules and started nothing
forks a new worker at once, so that a run with a hundred deaths takes minutes and not hours.
"""

import asyncio
import ctypes
import logging
import os
import signal
from pathlib import Path
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

import territories
from activities.orders import AppendEvents
from settings import Settings
from worker import run

PR_SET_PDEATHSIG = 1


class EveryBoundary(Interceptor):
    """Kills its own process the first time each boundary is reached; the list of those struck survives it."""

    def __init__(self, struck: Path) -> None:
        self._struck = struck

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Mortal(next, self)

    def strike(self, boundary: str) -> None:
        """Die here unless it has happened here before."""
        known = self._struck.read_text().splitlines() if self._struck.exists() else []
        if boundary in known:
            return
        with self._struck.open("a") as kept:
            kept.write(boundary + "\n")
            kept.flush()
            os.fsync(kept.fileno())
        os.kill(os.getpid(), signal.SIGKILL)


class _Mortal(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, every: EveryBoundary) -> None:
        super().__init__(next)
        self._every = every

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        boundary = name_of(input)
        self._every.strike(f"before {boundary}")
        result = await self.next.execute_activity(input)
        self._every.strike(f"after {boundary}")
        return result


def name_of(input: ExecuteActivityInput) -> str:
    """The activity; for the journal's writer also what it writes, because each event is a boundary of its own."""
    order = input.args[0] if input.args else None
    written = [entry.type for entry in order.entries] if isinstance(order, AppendEvents) else []
    return " ".join([activity.info().activity_type, *written])


def live_and_die(struck: Path) -> None:
    """The child: a worker until it is killed, and never longer than its parent."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    asyncio.run(run(Settings(), [EveryBoundary(struck)]))


def main() -> None:
    """Fork worker after worker for as long as they are killed."""
    logging.basicConfig(level=logging.WARNING)
    struck = Path(os.environ["ESTRADO_STRUCK"])
    territories.load()  # it imports when it is called, and no child shall do that anew
    while True:
        child = os.fork()
        if child == 0:
            live_and_die(struck)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main()
