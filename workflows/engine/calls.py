"""How a workflow calls activities: for a person who waits, or for a step that nobody waits for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.events.closing import TroubleReported
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import (
        ATTEMPT_LIMITS,
        FOREVER,
        INTERACTIVE_ATTEMPT_LIMITS,
        INTERACTIVE_LIMIT,
        PULSE,
        QUICK,
        REPORT_TROUBLE_AFTER,
        RETRY_REFUSED_AFTER,
        UNTIL_REPORTED,
    )
    from workflows.engine.queues import resource_of
    from workflows.engine.refusals import code_of


async def call_for_caller(
    queue: str,
    method: Callable[..., Any],
    order: Any,
    *,
    attempt_limit: timedelta | None = None,
    limit: timedelta = INTERACTIVE_LIMIT,
) -> Any:
    """For somebody who waits: gives up after `limit` with `outside_unavailable`.

    `attempt_limit`: for the one activity that may take longer than its queue's.
    """
    attempt = attempt_limit or INTERACTIVE_ATTEMPT_LIMITS[resource_of(queue)]
    return await workflow.execute_activity_method(
        method,
        order,
        task_queue=queue,
        start_to_close_timeout=attempt,
        heartbeat_timeout=PULSE,
        schedule_to_close_timeout=max(limit, attempt + QUICK),
        retry_policy=FOREVER,
    )


async def call_within(queue: str, method: Callable[..., Any], order: Any, limit: timedelta) -> Any:
    """For a step that may fail: gives up after `limit` with an `ActivityError`."""
    return await workflow.execute_activity_method(
        method,
        order,
        task_queue=queue,
        start_to_close_timeout=ATTEMPT_LIMITS[resource_of(queue)],
        heartbeat_timeout=PULSE,
        schedule_to_close_timeout=limit,
        retry_policy=FOREVER,
    )


async def call_and_wait(queue: str, method: Callable[..., Any], order: Any, limit: timedelta) -> Any:
    """For what must become so although nobody waits for it longer than `limit`: it goes on being asked for.

    None when there is no answer by then, or when it was refused for good.
    """
    asked = workflow.start_activity_method(
        method,
        order,
        task_queue=queue,
        start_to_close_timeout=ATTEMPT_LIMITS[resource_of(queue)],
        heartbeat_timeout=PULSE,
        retry_policy=FOREVER,
    )
    answered, _ = await workflow.wait([asked], timeout=limit.total_seconds())
    return asked.result() if answered and asked.exception() is None else None


async def call_until_done(
    case: CaseFile,
    queue: str,
    method: Callable[..., Any],
    order: Any,
    *,
    rebuild_order: Callable[[], Any] | None = None,
    attempt_limit: timedelta | None = None,
    once_reported: RetryPolicy = FOREVER,
) -> Any:
    """For an automatic step: reports trouble, keeps trying, and says when it is over.

    `rebuild_order` gives the order anew after a refusal: what a person has put right stands in events that are later
    than those of the first order. `attempt_limit`: for the few activities that may take longer than their queue's.
    `once_reported`: how often it is tried again after that, where what is outside may be down for days.
    """
    limit = attempt_limit or ATTEMPT_LIMITS[resource_of(queue)]
    reported = False
    while True:
        try:
            result = await _attempt(queue, method, order, limit, once_reported if reported else None)
        except ActivityError as error:
            code = code_of(error)
            if case.procedure.trouble != code:
                await case.note(TroubleReported(code=code))
            reported = True
            if code != "outside_unavailable":
                await case.until_retry_requested(RETRY_REFUSED_AFTER)
                order = rebuild_order() if rebuild_order else order
        else:
            if reported:
                await case.note(TroubleReported(code=None))
            return result


async def _attempt(
    queue: str, method: Callable[..., Any], order: Any, limit: timedelta, reported: RetryPolicy | None
) -> Any:
    return await workflow.execute_activity_method(
        method,
        order,
        task_queue=queue,
        start_to_close_timeout=limit,
        heartbeat_timeout=PULSE,
        schedule_to_close_timeout=None if reported else max(REPORT_TROUBLE_AFTER, limit + QUICK),
        retry_policy=reported or UNTIL_REPORTED,
    )
