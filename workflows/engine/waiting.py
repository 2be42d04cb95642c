"""Waiting for people: for hours or months, across runs."""

from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.types.vocabulary import Stage
    from workflows.engine.case_file import CaseFile
    from workflows.engine.hand_over import HandOver


class Waiting:
    """Only for the workflow's own task: a run that is due for it hands over to the next one from here."""

    def __init__(self, case: CaseFile, hand_over: HandOver) -> None:
        self._case = case
        self._hand_over = hand_over

    async def while_at(self, stage: Stage, timeout: timedelta | None = None) -> bool:
        """Until the procedure is no longer at `stage`; False when `timeout` passed first."""
        return await self.until(lambda: self._case.procedure.stage is not stage, timeout)

    async def until(self, condition: Callable[[], bool], timeout: timedelta | None = None) -> bool:
        """Until `condition` holds; False when `timeout` passed first."""
        try:
            await workflow.wait_condition(lambda: condition() or self._hand_over.is_due(), timeout=timeout)
        except TimeoutError:
            return False
        if not condition():
            self._hand_over.begin_next_run()
        return True
