"""The page on which a recording is played: everybody side by side, and the agenda to jump by."""

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from api.access.permissions import Permission
from api.access.visibility import needs_reason
from api.deps import Case, case
from api.http.problems import EngineUnavailable
from api.pages.rendering import back_to, page, page_context
from api.services.composing import Composed
from api.views.recording import kept_of, recording_view

router = APIRouter(include_in_schema=False)


@router.get("/procedures/{procedure}/recording")
async def read_recording_page(request: Request, case: Annotated[Case, case(Permission.WATCH_RECORDING)]) -> Response:
    if needs_reason(case.who):
        return back_to(f"/procedures/{case.id}/evidence")
    procedure = (await case.progress()).procedure
    context = (await page_context(request)).held_at(procedure.office)
    title = f"{procedure.type.procedure.titles.in_language(context.language)} {procedure.case_number}"
    kept = kept_of(procedure)
    manifest = await case.ports.vault.get(case.id, kept)
    await case.record_access(f"recording:{kept.sha256}")
    erased = await case.ports.erasures.of_recording(case.id)
    recording, video = recording_view(procedure, manifest, context.language, erased), None
    if erased is None:
        with suppress(EngineUnavailable):  # the segments play all the same
            video = await Composed(case.ports.temporal, case.ports.recordings, procedure, kept.sha256).view()
    shown: dict[str, Any] = {"recording": recording, "video": video, "watermark": context.name}
    return page(request, "recording.html", context, id=case.id, heading=title, **shown)
