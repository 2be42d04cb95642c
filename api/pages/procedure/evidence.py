"""What proves a procedure, by what, and what is not proven: for auditors and for the clerk who holds it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.permissions import Permission
from api.deps import Case, case
from api.pages.painting import look_of, page
from api.pages.procedure.access_view import who_looked
from api.pages.procedure.view import procedure_view

router = APIRouter(include_in_schema=False)


@router.get("/procedures/{procedure}/evidence")
async def read_evidence(request: Request, case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)]) -> Response:
    await case.noted("evidence")
    progress = await case.progress()
    look = (await look_of(request)).held_at(progress.procedure.office)
    entries = await case.parts.journal.read(case.id)
    shown = procedure_view(progress.procedure, progress.seq, None, look, entries)
    accesses = await who_looked(progress.procedure, case.parts, look) if "auditor" in look.roles else ()
    return page(
        request, "evidence.html", look, shown=shown, procedure=progress.procedure, entries=entries, head=case.row.head,
        accesses=accesses,
    )  # fmt: skip
