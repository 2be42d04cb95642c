"""Bundling the evidence of one procedure, and waiting until its root is on the chain."""

from collections.abc import Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.evidence import Evidence
    from activities.orders import CompiledRecord, CompileRecord, FinishBundle, FinishedBundle, QueueLeaf
    from domain.events.closing import BundleStored, RecordAnchored, RecordCompiled
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import CRYPTO, DOCUMENTS


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
    await workflow.wait_condition(is_anchored)
    finish = FinishBundle(procedure=case.procedure.id, up_to=case.seq)
    finished: FinishedBundle = await call_until_done(case, DOCUMENTS, Evidence.finish_bundle, finish)
    await case.note(RecordAnchored(receipt=finished.receipt), BundleStored(bundle=finished.bundle))
