"""The page of anchored batches, for administrators and auditors: which root stands in which block, the last ones first.

What a verifier compares with a node of their own. Nothing on it is about a procedure.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.rendering import page, page_context
from api.services.bundles import checkpoint
from domain.journal.anchoring import AnchoredBatch, AnchoringState
from domain.ports.chain import AnchorBatches

router = APIRouter(include_in_schema=False)

LISTED = [requires(Permission.READ_ANCHORS)]
BATCHES_KNOWN = 500
"""Of the last, whose blocks are at hand. Of older evidence the report says that its block is not known here."""
A_PAGE = 25
PAGES = BATCHES_KNOWN // A_PAGE


@dataclass(frozen=True)
class AnchorsView:
    batches: tuple[AnchoredBatch, ...]
    """Of this page."""
    number: int
    """Of this page, from 1."""
    more: bool
    """Whether there is a page after it."""
    waiting: AnchoringState

    @property
    def first(self) -> int:
        """Of the batches on this page, counted from the youngest."""
        return (self.number - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.batches) - 1


async def anchors_view(batches: AnchorBatches, number: int) -> AnchorsView:
    """Page `number` of those that are listed, from 1 to `PAGES`."""
    found = await batches.anchored_last(A_PAGE + 1, (number - 1) * A_PAGE)
    more = len(found) > A_PAGE and number < PAGES
    return AnchorsView(found[:A_PAGE], number, more, await batches.waiting())


@router.get("/administration/anchors", dependencies=LISTED)
async def read_anchors_page(
    request: Request, session: Staff, ports: PortsDep, number: Annotated[int, Query(alias="page", ge=1, le=PAGES)] = 1
) -> Response:
    return page(request, "anchors.html", await page_context(request), view=await anchors_view(ports.batches, number))


@router.get("/administration/anchors/chain.json", dependencies=LISTED)
async def read_checkpoint(session: Staff, ports: PortsDep) -> Response:
    """The blocks of all of them in the form of a trust folder, as our own node told them."""
    files = checkpoint([one.chain for one in await ports.batches.anchored_last(BATCHES_KNOWN)])
    headers = {"Content-Disposition": 'attachment; filename="chain.json"'}
    return Response(files.get("chain.json", b"{}"), media_type="application/json", headers=headers)
