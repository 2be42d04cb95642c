"""The last anchored batches are listed page by page, the youngest first, and no further than they are known."""

from datetime import UTC, datetime

from adapters.memory import MemoryBatches
from api.pages.anchors import A_PAGE, BATCHES_KNOWN, PAGES, anchors_view
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import ChainProof

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def anchored(count: int) -> MemoryBatches:
    batches = MemoryBatches()
    for number in range(count):
        await batches.add_leaf(ProcedureId(f"prc_{number}"), Sha256(f"{number:064x}"))
        batch = await batches.close_batch()
        assert batch is not None
        await batches.keep_token(batch.name, b"token")
        proof = ChainProof(block_number=number, block_hash=f"0x{number}", mined_at=AT)
        await batches.keep_proof(batch.name, proof)
    return batches


async def test_they_come_page_by_page_without_one_left_out_or_told_twice() -> None:
    batches = await anchored(2 * A_PAGE + 3)
    views = [await anchors_view(batches, number) for number in (1, 2, 3, 4)]
    told = [one.name for view in views for one in view.batches]
    assert told == [f"b{number}" for number in reversed(range(2 * A_PAGE + 3))]
    assert [view.more for view in views] == [True, True, False, False]
    assert [(view.first, view.last) for view in views[:3]] == [(1, 25), (26, 50), (51, 53)]


async def test_a_full_last_page_leads_nowhere() -> None:
    assert not (await anchors_view(await anchored(A_PAGE), 1)).more
    assert not (await anchors_view(await anchored(BATCHES_KNOWN + 1), PAGES)).more
