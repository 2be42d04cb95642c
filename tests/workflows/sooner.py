"""A worker that hangs is found out sooner than elsewhere, for tests that wait for it some thirty times in a row."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.worker import (
    StartActivityInput,
    WorkflowInboundInterceptor,
    WorkflowOutboundInterceptor,
)

ONE_SECOND = timedelta(seconds=1)
"""Without a beat; two are due in it. Elsewhere two and a half are allowed."""


class FoundOutSooner(WorkflowInboundInterceptor):
    """Of every activity that a workflow asks for, only the heartbeat timeout is another one."""

    def init(self, outbound: WorkflowOutboundInterceptor) -> None:
        super().init(_Sooner(outbound))


class _Sooner(WorkflowOutboundInterceptor):
    def start_activity(self, input: StartActivityInput) -> workflow.ActivityHandle[Any]:
        return super().start_activity(replace(input, heartbeat_timeout=ONE_SECOND))
