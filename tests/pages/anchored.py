"""Anchored batches as their page may have to show them: a full page with more behind it, the last one, and none."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from api.pages.anchors import A_PAGE, AnchorsView
from api.pages.rendering import PageContext, render
from domain.ids import Sha256
from domain.journal.anchoring import AnchoredBatch, AnchoringState, ChainProof

BEGAN = datetime(2026, 11, 20, 9, tzinfo=UTC)


def batch(number: int) -> AnchoredBatch:
    digests = [sha256(f"{what} {number}".encode()).hexdigest() for what in ("root", "block", "transaction")]
    content = {"chain_id": 31337, "contract": "0x" + "5f" * 20, "tx_hash": "0x" + digests[2]}
    mined_at = BEGAN + timedelta(minutes=10 * number)
    proof = ChainProof(block_number=1000 + number, block_hash="0x" + digests[1], mined_at=mined_at, content=content)
    return AnchoredBatch(name=f"b{number}", root=Sha256(digests[0]), chain=proof)


def pages_of_anchors(context: PageContext) -> Iterator[tuple[str, str]]:
    waiting = AnchoringState(code="outside_unavailable", since=BEGAN, leaves=3, oldest_at=BEGAN)
    for view in (
        AnchorsView(tuple(map(batch, range(60, 60 - A_PAGE, -1))), 1, True, waiting),
        AnchorsView((batch(2), batch(1)), 3, False, AnchoringState()),
        AnchorsView((), 1, False, AnchoringState()),
    ):
        yield "anchors", render("anchors.html", context, view=view, path="/administration/anchors")
