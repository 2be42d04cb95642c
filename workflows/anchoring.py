"""One run of the anchoring: what earlier runs left, then the leaves that wait, under one root.

A schedule starts a run each interval (`workflows/schedules.py`). A run remembers nothing: batches, transactions and
proofs are in the database, and whatever this run leaves undone the next one finds there.
"""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.anchoring import Anchoring
    from activities.orders import AnchorBatch, ClosedBatch
    from activities.pulse import DEAD_AFTER
    from domain.base import Value
    from domain.ids import workflow_id
    from workflows.engine.queues import ANCHORING

GIVES_UP_AFTER = timedelta(minutes=30)
"""A step that has not succeeded by then is left to the next run: a run is short, so that no old one outlives the code
that it began with. Longer than a public chain takes to make a block final (13 minutes)."""

ONE_ATTEMPT = timedelta(seconds=60)

BACKING_OFF = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=10))


class AnchorRun(Value):
    patience: timedelta
    """How long a transaction may wait to be mined before it is replaced by a dearer one."""


@workflow.defn
class AnchorBatchWorkflow:
    """Anchor every batch that is not final, and one new one; tell the procedures in them."""

    @workflow.run
    async def run(self, order: AnchorRun) -> None:
        while (left := await _step(Anchoring.find_unanchored_batch)) is not None:
            await self._anchor(left, order.patience)
        # One new batch a run: leaves that come meanwhile wait for the next, so that the cadence says nothing of them.
        if (closed := await _step(Anchoring.close_batch)) is not None:
            await self._anchor(closed, order.patience)

    async def _anchor(self, batch: ClosedBatch, patience: timedelta) -> None:
        order = AnchorBatch(batch=batch.name, root=batch.root, size=batch.size, patience=patience)
        await _step(Anchoring.anchor_batch, order)
        for procedure in batch.procedures:
            handle = workflow.get_external_workflow_handle(workflow_id(procedure))
            try:
                await handle.signal("record_anchored")
            except Exception as error:
                # It has ended, or has found its proof by itself.
                workflow.logger.info("nobody waits for this anchor: %s", type(error).__name__)


async def _step(method: Any, *order: Any) -> Any:
    return await workflow.execute_activity_method(
        method,
        args=order,
        task_queue=ANCHORING,
        start_to_close_timeout=ONE_ATTEMPT,
        schedule_to_close_timeout=GIVES_UP_AFTER,
        heartbeat_timeout=DEAD_AFTER,
        retry_policy=BACKING_OFF,
    )
