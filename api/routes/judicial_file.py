"""The judicial file of a procedure, to be taken into the system of the court."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.permissions import Permission
from api.deps import Case, case
from api.http.downloads import download
from api.http.problems import NotFound
from api.routes.documents import ZIP
from api.services.access_log import DUTY
from domain.ports.documents import JUDICIAL_FILE

FOR_PAGES_TOO = True

router = APIRouter(prefix="/procedures/{procedure}", tags=["documents"])


@router.get(
    "/file.zip",
    summary="The judicial file: every document in order, the sealed index and the metadata of the norm",
    response_class=Response,
    responses=ZIP,
)
async def download_judicial_file(
    request: Request,
    case: Annotated[Case, case(Permission.DOWNLOAD_BUNDLE)],
    why: Annotated[str, Query(max_length=200, description="Noted in the access log; an auditor gives one")] = DUTY,
) -> Response:
    """The same bytes for ever, once the record is compiled; not there before."""
    if not (why := why.strip()) or why == DUTY:
        case.refuse_without_reason()
    kept = await case.ports.vault.find(case.id, JUDICIAL_FILE)
    if kept is None:
        raise NotFound()
    content = await case.ports.vault.get(case.id, kept)
    await case.record_access(f"file:{kept.sha256}", why or DUTY)
    return download(request, content, "application/zip", f"{case.id}-file.zip", kept.sha256)
