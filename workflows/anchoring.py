"""The long-running workflow that anchors the evidence of many procedures under one root at a time."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.anchoring import Anchoring
    from activities.orders import AnchorBatch, CloseBatch, ClosedBatch
    from activities.pulse import DEAD_AFTER
    from domain.base import Value
    from domain.ids import workflow_id
    from workflows.engine.patience import FOREVER
    from workflows.engine.queues import CRYPTO
    from workflows.procedure import ProcedureWorkflow

ANCHORING_ID = "anchoring"
"""One per chain account: the single writer of its nonces."""

BATCHES_PER_RUN = 200


class AnchorForever(Value):
    interval: timedelta
    """Cadence of the batches."""
    next_batch: int = 0


@workflow.defn
class AnchoringWorkflow:
    """Close a batch, anchor it, tell the procedures in it; the same again after the interval."""

    @workflow.run
    async def run(self, order: AnchorForever) -> None:
        for number in range(order.next_batch, order.next_batch + BATCHES_PER_RUN):
            await workflow.sleep(order.interval)
            await self._anchor(f"b{number}")
        workflow.continue_as_new(order.but(next_batch=order.next_batch + BATCHES_PER_RUN))

    async def _anchor(self, batch: str) -> None:
        closed: ClosedBatch = await workflow.execute_activity_method(
            Anchoring.close_batch,
            CloseBatch(batch=batch),
            task_queue=CRYPTO,
            start_to_close_timeout=timedelta(seconds=20),
            heartbeat_timeout=DEAD_AFTER,
            retry_policy=FOREVER,
        )
        if closed.root is None:
            return
        await workflow.execute_activity_method(
            Anchoring.anchor_batch,
            AnchorBatch(batch=batch, at=workflow.now()),
            task_queue=CRYPTO,
            start_to_close_timeout=timedelta(seconds=60),
            heartbeat_timeout=DEAD_AFTER,
            retry_policy=FOREVER,
        )
        for procedure in closed.procedures:
            handle = workflow.get_external_workflow_handle(workflow_id(procedure))
            try:
                await handle.signal(ProcedureWorkflow.record_anchored)
            except Exception as error:
                workflow.logger.warning("nobody waits for this anchor: %s", type(error).__name__)
