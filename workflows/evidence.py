"""Bundling the evidence of one procedure, and waiting until its root is on the chain."""

from collections.abc import Callable
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.evidence import Evidence
    from activities.orders import (
        CompiledRecord,
        CompileRecord,
        FinishBundle,
        FinishedBundle,
        LookForAnchor,
        QueueLeaf,
        SeenAnchor,
    )
    from domain.events.closing import BundleStored, RecordAnchored, RecordCompiled
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import CRYPTO, DOCUMENTS

LOOK_FIRST, LOOK_AT_LEAST_EVERY = timedelta(seconds=30), timedelta(hours=1)
"""After how long a procedure looks for its proof itself; twice as long each time, because each look stands in its
history."""


async def anchor_evidence(case: CaseFile, is_anchored: Callable[[], bool]) -> None:
    """Bundle everything under one root, have the root anchored with others, keep the proof in the bundle."""
    if case.procedure.bundle_root is None:
        order = CompileRecord(procedure=case.procedure.id, up_to=case.seq, at=case.now())
        compiled: CompiledRecord = await call_until_done(case, DOCUMENTS, Evidence.compile_record, order)
        await case.note(RecordCompiled(bundle_root=compiled.bundle_root, last_seq=order.up_to))
    root = case.procedure.bundle_root
    assert root is not None
    leaf = QueueLeaf(procedure=case.procedure.id, bundle_root=root)
    await call_until_done(case, CRYPTO, Evidence.queue_leaf, leaf)
    await _await_anchor(case, is_anchored)
    finish = FinishBundle(procedure=case.procedure.id, up_to=case.seq)
    finished: FinishedBundle = await call_until_done(case, DOCUMENTS, Evidence.finish_bundle, finish)
    await case.note(RecordAnchored(receipt=finished.receipt), BundleStored(bundle=finished.bundle))


async def _await_anchor(case: CaseFile, is_anchored: Callable[[], bool]) -> None:
    """Until a batch tells of it, or the proof is found: a signal that is lost costs a while, not the case."""
    pause = LOOK_FIRST if case.since_0_2 else None
    while not await _is_told(is_anchored, pause):
        look = LookForAnchor(procedure=case.procedure.id)
        seen: SeenAnchor = await call_until_done(case, CRYPTO, Evidence.look_for_anchor, look)
        if seen.final:
            return
        pause = min(2 * pause, LOOK_AT_LEAST_EVERY) if pause else None


async def _is_told(is_anchored: Callable[[], bool], within: timedelta | None) -> bool:
    try:
        await workflow.wait_condition(is_anchored, timeout=within)
    except TimeoutError:
        return False
    return True
