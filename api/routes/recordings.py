"""The recording of an act: what is on it, segments, chapters, the manifest that fixes it. Every look is noted."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.description import refused
from api.access.permissions import Permission
from api.deps import Case, case
from api.http.conditional import CONTENT_ETAG, NOT_CHANGED
from api.http.downloads import download
from api.http.problems import NotFound
from api.http.ranges import ranged, ranged_pieces
from api.routes.documents import Content
from api.services.composing import Composed, VideoView, bytes_of
from api.services.idempotency import IdempotentRoute
from api.views.recording import RecordingView, kept_of, recording_view, vtt
from domain.composed import MEDIA_TYPE
from domain.errors import PersonMustAct
from domain.procedure.documents import DocumentRef
from domain.procedure.state import Procedure
from domain.recorded import kept_line

FOR_PAGES_TOO = True

router = APIRouter(prefix="/procedures/{procedure}/recording", tags=["recording"], route_class=IdempotentRoute)

Watcher = Annotated[Case, case(Permission.WATCH_RECORDING)]
ERASED = refused(409, 410)
WEBM: Content = {
    200: {"content": {"video/webm": {}}},
    206: {"description": "The range asked for", "content": {"video/webm": {}}},
    416: {"description": "Nothing of it is in the range asked for"},
    **ERASED,
}
VTT: Content = {200: {"content": {"text/vtt": {}}}, **ERASED}
JSON: Content = {200: {"content": {"application/json": {}}, **CONTENT_ETAG}, **NOT_CHANGED, **ERASED}


@router.get("/tracks", summary="What is on the recording, and when it plays", responses=ERASED)
async def read_recording(case: Watcher) -> RecordingView:
    return await _watched(case)


@router.get("/manifest.json", summary="The list of everything recorded", response_class=Response, responses=JSON)
async def download_manifest(request: Request, case: Watcher) -> Response:
    """The bytes that the journal has fixed (docs/evidence-format.md, 9a)."""
    _, manifest = await _kept(case)
    content = await case.ports.vault.get(case.id, manifest)
    await case.record_access(f"recording:{manifest.sha256}")
    return download(request, content, "application/json", f"{case.id}-recording.json", manifest.sha256)


@router.get("/chapters.vtt", summary="Where each item begins", response_class=Response, responses=VTT)
async def read_chapters(case: Watcher) -> Response:
    view = await _watched(case)
    return Response(vtt(view.chapters, view.lasts), media_type="text/vtt")


@router.get("/segments/{n}.webm", summary="A segment, or a part of it", response_class=Response, responses=WEBM)
async def read_segment(request: Request, case: Watcher, n: Annotated[int, Path(ge=0, le=1_000_000)]) -> Response:
    procedure, _ = await _kept(case)
    lines = procedure.recording.lines if procedure.recording else 0
    line = await kept_line(case.ports.recordings, case.id, n) if n < lines else None
    if line is None or line.content is None:
        raise NotFound()
    content = await case.ports.recordings.get(case.id, line.content)
    await case.record_access(f"recording:{line.content.sha256}")
    return ranged(content, line.content.media_type, request.headers.get("range"), {"Cache-Control": "no-store"})


@router.get("/video", summary="Whether one video of everybody is made", responses=ERASED)
async def read_video_state(case: Watcher) -> VideoView:
    composed, _ = await _composed(case)
    return await composed.view()


@router.post("/video", status_code=202, summary="Have one video of everybody made", responses=ERASED)
async def ask_for_video(case: Watcher) -> VideoView:
    """A copy to watch, made by a worker: the segments stay the evidence. Asking again changes nothing."""
    composed, up_to = await _composed(case)
    return await composed.ask(up_to)


@router.get("/video.webm", summary="The video, or a part of it", response_class=Response, responses=WEBM)
async def read_video(request: Request, case: Watcher) -> Response:
    composed, _ = await _composed(case)
    video = await composed.video()
    if video is None:
        raise NotFound()
    await case.record_access(f"recording-video:{video.pieces[0].sha256}")
    read = partial(bytes_of, case.ports.recordings, case.id, video)
    headers = {"Cache-Control": "no-store"}
    return await ranged_pieces(read, video.size, MEDIA_TYPE, request.headers.get("range"), headers)


async def _composed(case: Case) -> tuple[Composed, int]:
    """Raises what `_kept` does, and `PersonMustAct('content_erased')` of what was erased since."""
    case.refuse_without_reason()
    progress = await case.progress()
    kept = kept_of(progress.procedure)
    if await case.ports.erasures.of_recording(case.id):
        raise PersonMustAct("content_erased", procedure=case.id)
    return Composed(case.ports.temporal, case.ports.recordings, progress.procedure, kept.sha256), progress.seq


async def _watched(case: Case) -> RecordingView:
    procedure, manifest = await _kept(case)
    content = await case.ports.vault.get(case.id, manifest)
    await case.record_access(f"recording:{manifest.sha256}")
    return recording_view(procedure, content, case.language, await case.ports.erasures.of_recording(case.id))


async def _kept(case: Case) -> tuple[Procedure, DocumentRef]:
    """Raises `NotFound` until there is a recording, and what `refuse_without_reason` does."""
    case.refuse_without_reason()
    procedure = (await case.progress()).procedure
    return procedure, kept_of(procedure)
