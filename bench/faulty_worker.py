"""A worker that kills itself at one boundary of one activity: `python -m bench.faulty_worker`, told by its environment.

`ESTRADO_DIE_AT` is `activity:before:n` or `activity:after:n`; n counts executions of that activity in this process.
"""

import asyncio
import logging
import os
import signal
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from settings import Settings
from worker import run


class Death(Interceptor):
    """SIGKILL to oneself: no handler runs, nothing is flushed, nothing is reported."""

    def __init__(self, where: str) -> None:
        name, self.side, number = where.split(":")
        self.name, self.left = name, int(number)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Death(next, self)

    def due(self, side: str) -> bool:
        """Count this boundary; True when it is the one."""
        if activity.info().activity_type != self.name or side != self.side:
            return False
        self.left -= 1
        return self.left == 0


class _Death(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, death: Death) -> None:
        super().__init__(next)
        self._death = death

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        if self._death.due("before"):
            os.kill(os.getpid(), signal.SIGKILL)
        result = await self.next.execute_activity(input)
        if self._death.due("after"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    where = os.environ.get("ESTRADO_DIE_AT")
    asyncio.run(run(Settings(), [Death(where)] if where else []))
