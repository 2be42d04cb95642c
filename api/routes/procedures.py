"""Asking for a procedure, listing them, and where each stands."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.description import refused
from api.access.entitlement import limit_to_account, with_entitled_roles
from api.access.limits import count_act_asked_for
from api.access.permissions import Permission
from api.access.session import Caller, Machine, Staff, StaffSession, requires
from api.deps import Case, GatewayDep, LanguageDep, PortsDep, case
from api.http.conditional import STATE_READING, etag_of, not_changed, reading, written
from api.http.problems import NotFound, NotPermitted
from api.ports import Ports, now
from api.services.access_log import record_access, record_list
from api.services.coverage import refuse_outside
from api.services.idempotency import IdempotentRoute, key_of
from api.services.numbering import id_of
from api.services.repeating import refuse_other_content
from api.services.requesting import RequestProcedure, build_request, wait_until_registered
from api.views.procedure import ProcedureView, view_of
from api.views.status import BoardView, Status, asked_status, board_lines, status_of_row, status_reading
from domain.access.accounts import Account
from domain.access.register import Board
from domain.base import Moment
from domain.codes.asked import asked_by_system
from domain.ids import AdministrationId, OfficeId
from domain.journal.chain import position
from domain.journal.register import RegisterRow
from domain.types.vocabulary import Stage

router = APIRouter(tags=["procedures"], route_class=IdempotentRoute)


@router.post(
    "/procedures",
    status_code=201,
    summary="Ask for a procedure",
    responses={202: {"model": Status}, **refused(404, 429)},
)
async def request_procedure(
    request: Request,
    body: RequestProcedure,
    who: Annotated[Caller, requires(Permission.REQUEST_PROCEDURE)],
    ports: PortsDep,
    gateway: GatewayDep,
    language: LanguageDep,
    response: Response,
) -> Status:
    """The same `external_id` of the same asker again answers with the same procedure, whatever its Idempotency-Key.

    With other content it is refused: `number_used_otherwise`.
    """
    administration = administration_of(who)
    if isinstance(who, Machine):
        refuse_outside(who.key.coverage, body)
    id = await id_of(ports, administration, asked_as(who, body, key_of(request)))
    response.headers["Location"] = f"/api/v1/procedures/{id}"
    if (row := await ports.register.get(id)) is not None:
        # What was too soon for a new act says nothing against the one that exists.
        return await _answer_again(ports, who, row, body, language)
    event = await build_request(
        ports, administration, id, body, now(), account_of(who), system=label_of(who), language=language
    )
    await count_act_asked_for(ports, who)
    await gateway.start(event, who.ref)
    row = await wait_until_registered(ports, id)
    if row is None:
        response.status_code = 202
        return asked_status(event, language)
    await refuse_other_content(ports, id, body)  # two requests with one number may have come at the same time
    return status_of_row(row, with_entitled_roles(who, row) or who, language)


@router.get("/procedures", summary="The board: procedures in order of schedule", responses=refused(400))
async def list_procedures(
    who: Annotated[Caller, requires(Permission.LIST_PROCEDURES)],
    session: Staff,
    ports: PortsDep,
    language: LanguageDep,
    response: Response,
    office: Annotated[str | None, Query(max_length=60)] = None,
    stage: Annotated[list[Stage] | None, Query()] = None,
    since: Moment | None = None,
    until: Moment | None = None,
    number: Annotated[str | None, Query(min_length=1, max_length=60, description="How the case number begins.")] = None,
    newest_first: bool = False,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> BoardView:
    board = Board(
        administration=session.account.administration,
        office=OfficeId(office) if office else None,
        stages=tuple(stage or ()),
        since=since,
        until=until,
        number=number,
        newest_first=newest_first,
    )
    page = await ports.register.board(limit_to_account(board, session.account), after=cursor, limit=limit)
    await record_list(ports, session, "board")
    if page.cursor:
        response.headers["Link"] = f'</api/v1/procedures?cursor={page.cursor}&limit={limit}>; rel="next"'
    return BoardView(
        items=board_lines(page.rows, who, (await ports.catalogue.now()).version, language), next_cursor=page.cursor
    )


@router.get(
    "/procedures/{procedure}", summary="Where a procedure stands", response_model=Status, responses=STATE_READING
)
async def read_status(request: Request, case: Annotated[Case, case(Permission.READ_STATUS)]) -> Response:
    """With `If-None-Match` and the last `ETag`, 304 while nothing happens."""
    content, etag = status_reading(case.row, case.who, case.language)
    if not not_changed(request, etag):
        await case.record_access("status")
    return reading(request, content, etag)


@router.get(
    "/procedures/{procedure}/progress",
    summary="Everything needed to act in a procedure",
    response_model=ProcedureView,
    responses=STATE_READING,
)
async def read_procedure(request: Request, case: Annotated[Case, case(Permission.READ_PROCEDURE)]) -> Response:
    """Its `ETag` is what a command may show in `If-Match`, to be carried out in exactly this state."""
    progress = await case.progress()
    content = written(view_of(progress, case.row, case.who, case.language))
    etag = etag_of(content, position(progress.seq, progress.head or case.row.head))
    if not not_changed(request, etag):
        await case.record_access("procedure")
    return reading(request, content, etag)


def administration_of(who: Caller) -> AdministrationId:
    """In whose name somebody asks. Raises `NotPermitted`."""
    match who:
        case Machine(key=key):
            return key.administration
        case StaffSession(account=account):
            return account.administration
        case _:
            raise NotPermitted()


def account_of(who: Caller) -> Account | None:
    return who.account if isinstance(who, StaffSession) else None


def label_of(who: Caller) -> str:
    """By which name the people of its Administration know a regional system."""
    return who.key.label if isinstance(who, Machine) else ""


def asked_as(who: Caller, body: RequestProcedure, key: str) -> str:
    """What makes two requests the same: the asker's own number for it, else their Idempotency-Key.

    The numbers of regional systems and those of each member of staff are apart: nobody takes another's number first.
    """
    if body.external_id is None:
        return f"key:{who.ref}:{key}"
    if isinstance(who, Machine):
        return asked_by_system(body.external_id)
    return f"own:{who.ref}:{body.external_id}"


async def _answer_again(ports: Ports, who: Caller, row: RegisterRow, body: RequestProcedure, language: str) -> Status:
    """Raises `NotFound` where `who` may not see what was asked for, `Refusal` where it was something else."""
    here = with_entitled_roles(who, row)
    if here is None:
        raise NotFound()
    await record_access(ports, here, row, "status")
    await refuse_other_content(ports, row.procedure, body)
    return status_of_row(row, here, language)
