"""What the engine starts by the clock. Used by the root of the worker, not by workflows."""

from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.service import RPCError, RPCStatusCode

from domain.access.webhooks import FIRST_WAIT
from workflows.account_notices import TellStaffWorkflow
from workflows.anchoring import AnchorBatchWorkflow, AnchorRun
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT
from workflows.webhooks import TellingRun, TellSystemsWorkflow

ANCHORING_ID = "anchoring"
"""Of the schedule; once also of a workflow without end, which the schedule replaces."""

TELLING_ID = "webhooks"
TELLING_STAFF_ID = "account-notices"

NOT_MADE_UP_FOR = timedelta(minutes=1)
"""Runs that were missed for longer than this, while the engine was down, are not started late: the next one takes all
leaves that wait."""


def anchoring(interval: timedelta, patience: timedelta) -> Schedule:
    """A run each interval, one at a time: there is one account, and one transaction of it in flight.

    A run that is due while another works waits for its end (`BUFFER_ONE`), so that what came meanwhile is not left for
    one interval more; further ones would find nothing to do and are dropped.
    """
    return Schedule(
        action=ScheduleActionStartWorkflow(
            AnchorBatchWorkflow.run,
            AnchorRun(patience=patience),
            id="anchor-batch",
            task_queue=PROCEDURES,
            task_timeout=TASK_TIMEOUT,
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=interval)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=NOT_MADE_UP_FOR),
    )


def telling(interval: timedelta, first_wait: timedelta) -> Schedule:
    """A look each interval for addresses of regional systems that have something waiting, one look at a time."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            TellSystemsWorkflow.run,
            TellingRun(first_wait=first_wait),
            id="tell-systems",
            task_queue=PROCEDURES,
            task_timeout=TASK_TIMEOUT,
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=interval)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=NOT_MADE_UP_FOR),
    )


def telling_staff(interval: timedelta) -> Schedule:
    """A look each interval for notices of accounts that wait, one look at a time."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            TellStaffWorkflow.run, id="tell-staff", task_queue=PROCEDURES, task_timeout=TASK_TIMEOUT
        ),
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=interval)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=NOT_MADE_UP_FOR),
    )


async def keep_anchoring(client: Client, interval: timedelta, patience: timedelta) -> None:
    """One schedule for the whole installation, with today's settings, whoever starts first."""
    await _keep(client, ANCHORING_ID, anchoring(interval, patience))
    await _end_endless_run(client)


async def keep_telling(client: Client, interval: timedelta, first_wait: timedelta = FIRST_WAIT) -> None:
    """As `keep_anchoring`, of the webhooks. `first_wait`: after one attempt that failed; it doubles with each."""
    await _keep(client, TELLING_ID, telling(interval, first_wait))


async def keep_telling_staff(client: Client, interval: timedelta) -> None:
    """As `keep_anchoring`, of the notices of accounts."""
    await _keep(client, TELLING_STAFF_ID, telling_staff(interval))


async def _keep(client: Client, id: str, wanted: Schedule) -> None:
    try:
        await client.create_schedule(id, wanted)
    except ScheduleAlreadyRunningError:
        await client.get_schedule_handle(id).update(lambda kept: _renewed(kept, wanted))


def _renewed(kept: ScheduleUpdateInput, wanted: Schedule) -> ScheduleUpdate:
    """What an operator did by hand, such as a pause with its note, stays."""
    wanted.state = kept.description.schedule.state
    return ScheduleUpdate(schedule=wanted)


async def _end_endless_run(client: Client) -> None:
    """Until 2026-11 one workflow without end anchored everything; it holds nothing that the database has not."""
    try:
        await client.get_workflow_handle(ANCHORING_ID).terminate(reason="a schedule anchors now")
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
