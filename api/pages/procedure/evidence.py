"""What proves a procedure, by what, and what is not proven: for auditors and for the clerk who holds it."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from api.access.permissions import CallerKind, Permission
from api.deps import Case, case
from api.pages.procedure.access_view import who_looked
from api.pages.procedure.view import procedure_view
from api.pages.rendering import page, page_context

router = APIRouter(include_in_schema=False)


@router.get("/procedures/{procedure}/evidence")
async def read_evidence(request: Request, case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)]) -> Response:
    await case.record_access("evidence")
    progress = await case.progress()
    context = (await page_context(request)).held_at(progress.procedure.office)
    entries = await case.ports.journal.read(case.id)
    shown = procedure_view(progress.procedure, progress.seq, None, context, entries)
    accesses = await who_looked(progress.procedure, case.ports, context) if CallerKind.AUDITOR in case.who.kinds else ()
    seen: dict[str, Any] = {"shown": shown, "procedure": progress.procedure, "entries": entries, "accesses": accesses}
    return page(request, "evidence.html", context, head=case.row.head, **seen)
