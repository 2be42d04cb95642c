"""A pulse for every activity, so that the engine sees within moments that the worker which ran it is dead."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

from temporalio import activity
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

BEAT = timedelta(milliseconds=500)

DEAD_AFTER = timedelta(seconds=2, milliseconds=500)
"""Heartbeat timeout of every activity: five missed beats. Without it a killed worker is noticed only when the whole
time allowed for the activity has passed."""


class Pulse(Interceptor):
    """For every worker: beats while an activity runs, whatever the activity does."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Pulse(next)


class _Pulse(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        beating = asyncio.create_task(_beat())
        try:
            return await self.next.execute_activity(input)
        finally:
            beating.cancel()
            with suppress(asyncio.CancelledError):
                await beating


async def _beat() -> None:
    while True:
        await asyncio.sleep(BEAT.total_seconds())
        activity.heartbeat()
