"""Counts what activities do and how they fail. Outermost interceptor: it sees failures in the engine's terms."""

import time
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from adapters.telemetry.metrics import ACTIVITY_FAILURES, ACTIVITY_SECONDS


class CountActivities(Interceptor):
    """For every worker of a process."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Counting(next)


class _Counting(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        name = activity.info().activity_type
        began = time.perf_counter()
        try:
            return await self.next.execute_activity(input)
        except Exception as error:
            code = error.type if isinstance(error, ApplicationError) and error.type else type(error).__name__
            ACTIVITY_FAILURES.labels(name, code).inc()
            raise
        finally:
            ACTIVITY_SECONDS.labels(name).observe(time.perf_counter() - began)
