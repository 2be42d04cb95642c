"""Telling members of staff what was done with their account: a look finds what waits, one workflow a notice sends it.

Notices are in the database, written with the change; these workflows remember nothing but how long to wait.
"""

from typing import Any

from temporalio import workflow
from temporalio.exceptions import WorkflowAlreadyStartedError

with workflow.unsafe.imports_passed_through():
    from activities.account_notices import NoticesOfAccounts
    from workflows.engine.patience import FOR_DAYS, MAIL_ATTEMPT_LIMIT, PULSE
    from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT


def account_notice_id(number: int) -> str:
    """The Temporal workflow id of whatever sends that notice."""
    return f"account-notice-{number}"


@workflow.defn
class TellStaffWorkflow:
    """Start sending each notice that waits, unless it is being sent already."""

    @workflow.run
    async def run(self) -> None:
        for number in await _step(NoticesOfAccounts.find_account_notices):
            try:
                await workflow.start_child_workflow(
                    TellMemberOfStaffWorkflow.run,
                    number,
                    id=account_notice_id(number),
                    parent_close_policy=workflow.ParentClosePolicy.ABANDON,
                    task_timeout=TASK_TIMEOUT,
                )
            except WorkflowAlreadyStartedError:
                continue


@workflow.defn
class TellMemberOfStaffWorkflow:
    """Send one notice: until the relay takes it, or it is given up."""

    @workflow.run
    async def run(self, number: int) -> None:
        await _step(NoticesOfAccounts.send_account_notice, number)


async def _step(method: Any, *order: Any) -> Any:
    return await workflow.execute_activity_method(
        method,
        args=order,
        task_queue=PROCEDURES,
        start_to_close_timeout=MAIL_ATTEMPT_LIMIT,
        heartbeat_timeout=PULSE,
        retry_policy=FOR_DAYS,
    )
