"""What proves a procedure, by what, and what is not proven: for auditors and for the clerk who holds it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.access.permissions import CallerKind, Permission
from api.access.visibility import needs_reason
from api.deps import Case, case
from api.pages.procedure.access_view import who_looked
from api.pages.procedure.view import procedure_view
from api.pages.rendering import back_to, page, page_context
from api.services.access_log import REASON
from domain.errors import EstradoError
from domain.ports.documents import JUDICIAL_FILE
from domain.text import ONE_LINE

router = APIRouter(include_in_schema=False)


@router.get("/procedures/{procedure}/evidence")
async def read_evidence(request: Request, case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)]) -> Response:
    await case.record_access("evidence")
    progress = await case.progress()
    context = (await page_context(request)).held_at(progress.procedure.office)
    entries = await case.ports.journal.read(case.id)
    shown = procedure_view(progress.procedure, progress.seq, None, context, entries)
    accesses = await who_looked(progress.procedure, case.ports, context) if CallerKind.AUDITOR in case.who.kinds else ()
    asked_why = needs_reason(case.who)
    seen: dict[str, Any] = {"shown": shown, "procedure": progress.procedure, "entries": entries, "accesses": accesses}
    filed = progress.procedure.bundle is not None and await _filed(case)
    return page(request, "evidence.html", context, head=case.row.head, asked_why=asked_why, filed=filed, **seen)


async def _filed(case: Case) -> bool:
    """Earlier versions made no judicial file; while the store is away, it cannot be had either."""
    try:
        return await case.ports.vault.find(case.id, JUDICIAL_FILE) is not None
    except EstradoError:
        return False


@router.post("/procedures/{procedure}/evidence")
async def give_reason(
    case: Annotated[Case, case(Permission.GIVE_REASON)],
    why: Annotated[str, Form(min_length=10, max_length=200, pattern=ONE_LINE)],
) -> Response:
    """Why an auditor opens what is in the procedure: from here on, for an hour, each of their looks says it."""
    await case.record_access(REASON, why)
    return back_to(f"/procedures/{case.id}")
