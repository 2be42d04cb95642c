"""How a workflow calls each activity: queue, time limits, patience. Names here are what the story reads like."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.pulse import DEAD_AFTER
    from domain.events.closing import TroubleReported
    from workflows.journaling import PATIENT, QUICK, Journaling
    from workflows.queues import CRYPTO, DOCUMENTS, PROCEDURES, ROOMS
    from workflows.refusals import code_of


WHILE_SOMEBODY_WAITS = timedelta(seconds=30)
"""A person looks at the page: after this an act is given up with a clear refusal, and can be asked for again."""

BEFORE_SAYING_SO = timedelta(seconds=20)
"""An automatic step that takes longer is reported as trouble on the console, and goes on trying."""

UNTIL_SOMEBODY_SETTLES = timedelta(minutes=10)
"""A permanent refusal is tried again after this, or at once when somebody presses «try again»."""

LIMITS = {
    PROCEDURES: QUICK,
    CRYPTO: timedelta(seconds=20),
    DOCUMENTS: timedelta(seconds=60),
    ROOMS: timedelta(seconds=10),
}
"""How long one attempt may take on each queue."""


class World(Journaling):
    """Calls to activities, for people who wait and for steps that nobody waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.settled = 0
        """How often somebody has pressed «try again»."""

    async def ask(self, queue: str, method: Callable[..., Any], order: Any) -> Any:
        """For somebody who waits: gives up after a while with `outside_unavailable`."""
        return await workflow.execute_activity_method(
            method,
            order,
            task_queue=queue,
            start_to_close_timeout=LIMITS[queue],
            heartbeat_timeout=DEAD_AFTER,
            schedule_to_close_timeout=max(WHILE_SOMEBODY_WAITS, LIMITS[queue] + QUICK),
            retry_policy=PATIENT,
        )

    async def insist(
        self, queue: str, method: Callable[..., Any], order: Any, *, renewed: Callable[[], Any] | None = None
    ) -> Any:
        """For an automatic step: reports trouble, keeps trying, and says when it is over.

        `renewed` gives the order after somebody has settled the trouble; without it the same one is tried again.
        """
        reported = False
        while True:
            try:
                result = await self._attempt(queue, method, order, patient=reported)
            except ActivityError as error:
                code = code_of(error)
                if self.procedure.trouble != code:
                    await self.note(TroubleReported(code=code))
                reported = True
                if code != "outside_unavailable":
                    await self._until_settled()
                    order = renewed() if renewed else order
            else:
                if reported:
                    await self.note(TroubleReported(code=None))
                return result

    async def _attempt(self, queue: str, method: Callable[..., Any], order: Any, *, patient: bool) -> Any:
        return await workflow.execute_activity_method(
            method,
            order,
            task_queue=queue,
            start_to_close_timeout=LIMITS[queue],
            heartbeat_timeout=DEAD_AFTER,
            schedule_to_close_timeout=None if patient else max(BEFORE_SAYING_SO, LIMITS[queue] + QUICK),
            retry_policy=PATIENT,
        )

    async def _until_settled(self) -> None:
        before = self.settled
        try:
            await workflow.wait_condition(lambda: self.settled > before, timeout=UNTIL_SOMEBODY_SETTLES)
        except TimeoutError:
            return
