"""Telling regional systems what happened: a run looks which addresses have something waiting, one workflow an address
tells it.

The messages are in the database, written with the journal; these workflows remember nothing but how long to wait.
"""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.orders import TellSystem, Told
    from activities.pulse import DEAD_AFTER
    from activities.webhooks import Webhooks
    from domain.base import Value
    from workflows.engine.queues import TASK_TIMEOUT, WEBHOOKS

ONE_ATTEMPT = timedelta(seconds=30)

BACKING_OFF = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1))

LONGEST_RUN = 2_000
"""Events of a history, after which a next run goes on."""


class TellingRun(Value):
    first_wait: timedelta


def telling_id(endpoint: str) -> str:
    """The Temporal workflow id of whatever tells an address."""
    return f"webhooks-{endpoint}"


@workflow.defn
class TellSystemsWorkflow:
    """Start telling each address that has something waiting, unless it is being told already."""

    @workflow.run
    async def run(self, order: TellingRun) -> None:
        for endpoint in await _step(Webhooks.find_systems_to_tell):
            telling = TellSystem(endpoint=endpoint, first_wait=order.first_wait)
            try:
                await workflow.start_child_workflow(
                    TellSystemWorkflow.run,
                    telling,
                    id=telling_id(endpoint),
                    parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                    task_timeout=TASK_TIMEOUT,
                )
            except WorkflowAlreadyStartedError:
                continue


@workflow.defn
class TellSystemWorkflow:
    """Tell one address everything that waits for it, in order: what is not taken holds up what comes after it."""

    def __init__(self) -> None:
        self._again = False

    @workflow.signal
    def try_again(self) -> None:
        """At once, whatever the wait was."""
        self._again = True

    @workflow.run
    async def run(self, order: TellSystem) -> None:
        # A signal that comes while a message is being sent is for the wait after it.
        while (told := await self._tell(order)).more:
            if told.wait:
                await self._wait(told.wait)
            if workflow.info().get_current_history_length() > LONGEST_RUN:
                workflow.continue_as_new(order)

    async def _tell(self, order: TellSystem) -> Told:
        self._again = False
        told: Told = await _step(Webhooks.tell_system, order)
        return told

    async def _wait(self, wait: timedelta) -> None:
        try:
            await workflow.wait_condition(lambda: self._again, timeout=wait)
        except TimeoutError:
            return


async def _step(method: Any, *order: Any) -> Any:
    return await workflow.execute_activity_method(
        method,
        args=order,
        task_queue=WEBHOOKS,
        start_to_close_timeout=ONE_ATTEMPT,
        heartbeat_timeout=DEAD_AFTER,
        retry_policy=BACKING_OFF,
    )
