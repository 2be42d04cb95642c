"""What somebody is typing into an agenda item, saved as it is typed; filling the item brings it into the procedure."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import Field

from api.access.permissions import Permission
from api.access.session import Staff
from api.deps import Case, case
from api.http.openapi import RequestBody, example
from api.http.problems import NotFound
from api.ports import now
from api.services.idempotency import IdempotentRoute
from domain.access.accounts import Draft, others_typing
from domain.base import Value
from domain.ids import ItemId
from domain.procedure.agenda import AgendaItem
from domain.rules.agenda import typed_over

FOR_PAGES_TOO = True

router = APIRouter(tags=["procedures"], route_class=IdempotentRoute)

ItemPath = Annotated[str, Path(pattern=r"^i\d{1,4}$", examples=["i4"])]


class DraftValues(RequestBody):
    model_config = example(values={"text": "Se abre el acto a las diez y treinta."})
    values: dict[str, Any]
    revision: int | None = Field(default=None, ge=0)
    """`revision` of the item over which it was typed: over an older one it is refused."""


class Drafts(Value):
    drafts: tuple[Draft, ...]
    typing: tuple[str, ...]
    """Accounts that are typing into the same item now."""


@router.put("/procedures/{procedure}/drafts/{item}", summary="Save what is being typed")
async def save_draft(
    case: Annotated[Case, case(Permission.TYPE_DRAFT)], session: Staff, item: ItemPath, body: DraftValues
) -> Drafts:
    point = await _known(case, item)
    revision = typed_over(point, body.revision)
    await case.ports.drafts.save(case.id, point.id, session.ref, body.values, now(), revision)
    return await _drafts(case, session, item)


@router.get("/procedures/{procedure}/drafts/{item}", summary="What is being typed, and by whom")
async def read_drafts(case: Annotated[Case, case(Permission.TYPE_DRAFT)], session: Staff, item: ItemPath) -> Drafts:
    await case.record_access("drafts")
    return await _drafts(case, session, item)


@router.delete("/procedures/{procedure}/drafts/{item}", status_code=204, summary="Forget one's own draft")
async def delete_draft(case: Annotated[Case, case(Permission.TYPE_DRAFT)], session: Staff, item: ItemPath) -> Response:
    await case.ports.drafts.delete(case.id, ItemId(item), session.ref)
    return Response(status_code=204)


async def _drafts(case: Case, session: Staff, item: str) -> Drafts:
    drafts = await case.ports.drafts.read(case.id, ItemId(item))
    return Drafts(drafts=drafts, typing=others_typing(drafts, session.ref, now()))


async def _known(case: Case, item: str) -> AgendaItem:
    """Only items that exist: a mistyped id must not swallow somebody's words."""
    found = next((known for known in (await case.progress()).procedure.agenda if known.id == item), None)
    if found is None:
        raise NotFound()
    return found
