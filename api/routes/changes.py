"""The stream that keeps pages up to date."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse

from api.access.description import refused
from api.access.permissions import Permission
from api.access.session import Caller, CitizenSession, StaffSession, requires
from api.deps import case_of
from api.http.problems import NotFound
from domain.ids import ProcedureId

FOR_PAGES_TOO = True

router = APIRouter(tags=["procedures"])


@router.get(
    "/events",
    summary="Follow one procedure, or the board (Server-Sent Events)",
    response_class=EventSourceResponse,
    responses={
        200: {
            "description": "`changed` with `{procedure, seq, stage}`; `procedure` null: look everything up again",
            "content": {
                "text/event-stream": {
                    "schema": {"type": "string"},
                    "example": 'event: changed\ndata: {"procedure": "prc_...", "seq": 41, "stage": "in_session"}\n\n',
                }
            },
        },
        **refused(404, 429),
    },
)
async def follow_changes(
    request: Request,
    who: Annotated[Caller, requires(Permission.FOLLOW_CHANGES)],
    procedure: Annotated[str | None, Query(pattern=r"^prc_[0-9a-f]{32}$")] = None,
    board: bool = False,
) -> EventSourceResponse:
    assert isinstance(who, StaffSession | CitizenSession)
    if (procedure is None) is not board or (board and isinstance(who, CitizenSession)):
        raise NotFound()
    if procedure is not None:
        await case_of(request, ProcedureId(procedure), who)
    stream: EventSourceResponse = request.app.state.changes.stream(who, procedure)
    return stream
