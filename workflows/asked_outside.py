"""What is asked of registers outside by itself, and followed until they answer, while the act goes on.

Where things stand is in the state alone: a next run, or another worker, asks for the same under the same ids.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.events import Event
    from domain.procedure.state import Procedure
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import PULSE, RETRY_REFUSED_AFTER
    from workflows.engine.queues import WEBHOOKS
    from workflows.engine.refusals import code_of

UNTIL_ANSWERED = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2, maximum_interval=timedelta(minutes=5)
)
"""Without end: a register may be down for days. No attempt is in history."""

ONE_ATTEMPT = timedelta(minutes=3)
"""Two requests, each with a minute for a register that has much to do."""


class Question(Protocol):
    """What was asked, as the state has it."""

    @property
    def id(self) -> str: ...

    @property
    def trouble(self) -> str | None: ...


class Questions:
    """Of one kind: those that are to be asked now, those that wait for their answer, and how trouble is told."""

    def __init__(
        self,
        due: Callable[[Procedure], Iterator[Event]],
        waiting: Callable[[Procedure], Sequence[Question]],
        troubled: Callable[[str, str], Event],
    ) -> None:
        """`troubled`: of an id and the code of what was wrong with its answer."""
        self._due = due
        self._waiting = waiting
        self._troubled = troubled

    async def see_to(self, case: CaseFile, follow: Callable[[CaseFile, str], Coroutine[Any, Any, None]]) -> None:
        """For as long as the procedure runs: ask each that is due, and `follow` it by its id."""
        followed: dict[str, asyncio.Task[None]] = {}

        def unfollowed() -> list[str]:
            return [one.id for one in self._waiting(case.procedure) if one.id not in followed] if case.begun else []

        def due() -> bool:
            return case.begun and any(True for _ in self._due(case.procedure))

        try:
            while True:
                await workflow.wait_condition(lambda: due() or bool(unfollowed()))
                for request in tuple(self._due(case.procedure)):
                    await case.note_if(partial(self._is_due, case, request), request)
                for id in unfollowed():
                    followed[id] = asyncio.create_task(follow(case, id))
        finally:
            for task in followed.values():
                task.cancel()

    async def ask(self, case: CaseFile, id: str, method: Callable[..., Any], order: Any) -> Any:
        """One answer; None where there was none of use: that is told once, and a while has passed."""
        try:
            return await workflow.execute_activity_method(
                method,
                order,
                task_queue=WEBHOOKS,
                start_to_close_timeout=ONE_ATTEMPT,
                heartbeat_timeout=PULSE,
                retry_policy=UNTIL_ANSWERED,
            )
        except ActivityError as error:
            await self._tell_trouble(case, id, code_of(error))
            return None

    def is_pending(self, case: CaseFile, id: str) -> bool:
        """Whether the answer to that one may still be needed."""
        return any(one.id == id for one in self._waiting(case.procedure))

    def are_settled(self, procedure: Procedure) -> bool:
        return not self._waiting(procedure) and not any(True for _ in self._due(procedure))

    def _is_due(self, case: CaseFile, request: Event) -> bool:
        return request in self._due(case.procedure)

    async def _tell_trouble(self, case: CaseFile, id: str, code: str) -> None:
        if not any(one.id == id and one.trouble == code for one in self._waiting(case.procedure)):
            await case.note_if(lambda: self.is_pending(case, id), self._troubled(id, code))
        await case.until_retry_requested(RETRY_REFUSED_AFTER)
