"""Making the composed video of a recording, when somebody who may watch it has asked for it."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.composing import Composing
    from activities.orders import OnProcedure
    from activities.pulse import DEAD_AFTER
    from domain.ids import ProcedureId
    from workflows.engine.queues import COMPOSING

ONE_ATTEMPT = timedelta(hours=12)
"""A day of hearing takes some four hours of one processor. A worker that is dead is noticed by its pulse."""

GIVES_UP_AFTER = timedelta(days=3)

BACKING_OFF = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=5))


def composing_id(procedure: ProcedureId) -> str:
    """The Temporal workflow id of whatever composes the recording of a procedure."""
    return f"composing-{procedure}"


@workflow.defn
class ComposeRecordingWorkflow:
    """What is made stays when its worker dies: the next attempt goes on after it."""

    @workflow.run
    async def run(self, order: OnProcedure) -> None:
        await workflow.execute_activity_method(
            Composing.compose_recording,
            order,
            task_queue=COMPOSING,
            start_to_close_timeout=ONE_ATTEMPT,
            schedule_to_close_timeout=GIVES_UP_AFTER,
            heartbeat_timeout=DEAD_AFTER,
            retry_policy=BACKING_OFF,
        )
