"""The board of the day (officials) and the desk of a municipal office."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.entitlement import limit_to_account
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.deps import Case, PortsDep, case
from api.http.problems import NotFound
from api.pages.board.view import board_view
from api.pages.procedure.documents_view import DocumentView, document_view
from api.pages.procedure.people_view import person_view
from api.pages.rendering import PageContext, page, page_context
from api.ports import Ports, now
from api.views.procedure import sees_document
from domain.access.stores import Board
from domain.codes.pins import summons_code_hmac
from domain.ids import OfficeId
from domain.journal.register import RegisterRow
from domain.procedure.state import Procedure
from domain.types.vocabulary import DocumentSource, Privacy, StaffRole, Stage
from templates.people import shown_name
from templates.texts import text

router = APIRouter(include_in_schema=False)

MOST_ROWS = 200


@router.get("/board", dependencies=[requires(Permission.LIST_PROCEDURES)])
async def read_board(request: Request, session: Staff, ports: PortsDep) -> Response:
    context = await page_context(request)
    rows = await _rows(ports, session, Board(administration=session.account.administration))
    recent = [row for row in rows if not row.stage.ended or row.changed_at > now() - timedelta(hours=18)]
    view = board_view(recent, dict(ports.types.items()), context, open_names=True)
    may_act = session.account.has(StaffRole.CLERK, StaffRole.OFFICIAL)
    return page(request, "board.html", context, shown=view, at=now(), may_act=may_act)


@router.get("/desk", dependencies=[requires(Permission.CHECK_IN)])
async def read_desk(
    request: Request, session: Staff, ports: PortsDep, code: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    context = await page_context(request)
    office = session.account.offices[0] if session.account.offices else None
    rows = await _rows(ports, session, Board(administration=session.account.administration, office=office))
    day = [row for row in rows if not row.stage.ended or row.changed_at > now() - timedelta(hours=6)]
    view = board_view(day, dict(ports.types.items()), context, open_names=False)
    found = await _found(ports, code, rows) if code else None
    name = next((known.name for known in context.administration.offices if known.id == office), "")
    return page(request, "desk.html", context, shown=view, office=name, code=code, found=found, at=now())


@router.get("/desk/{procedure}")
async def read_visit(request: Request, case: Annotated[Case, case(Permission.CHECK_IN)]) -> Response:
    """One summons at the desk: who of it is here, and what the office does for them."""
    if not isinstance(case.who, StaffSession):
        raise NotFound()
    await case.record_access("desk")
    state = (await case.progress()).procedure
    context = (await page_context(request)).held_at(state.office)
    offices = case.who.account.offices
    people = [
        person_view(state, person, context) for person in state.citizens if not offices or person.office in offices
    ]
    kind = state.type.procedure
    titles = kind.neutral_titles or kind.titles
    deposits = tuple(
        (d.code, d.titles.in_language(context.language)) for d in kind.documents if d.source is DocumentSource.DEPOSITED
    )
    stage = state.stage
    here = _here(state, offices, context)
    brought = (d for d in state.documents if d.depositor in dict(here) and sees_document(case.who, d, state))
    papers = tuple(document_view(state, document, None, context) for document in brought)
    return page(
        request, "visit.html", context, shown=_Visit(state.id, deposits, here, papers), people=people,
        title=titles.in_language(context.language), number=state.case_number, at=state.scheduled_at, stage=stage.value,
        stage_words=text(f"vocabulary.stage.{stage.value}", context.language),
        protected=kind.privacy is Privacy.PROTECTED, may_upload=stage in (Stage.CHECKED_IN, Stage.IN_SESSION),
    )  # fmt: skip


@dataclass(frozen=True)
class _Visit:
    """What can be brought in at a visit, by whom, and what has been."""

    id: str
    deposits: tuple[tuple[str, str], ...]
    citizens: tuple[tuple[str, str], ...]
    papers: tuple[DocumentView, ...]


def _here(state: Procedure, offices: tuple[OfficeId, ...], context: PageContext) -> tuple[tuple[str, str], ...]:
    here = [person for person in state.citizens if not offices or person.office in offices]
    return tuple((person.id, shown_name(state, person, context.language)) for person in here)


async def _rows(ports: Ports, session: StaffSession, board: Board) -> list[RegisterRow]:
    """What this account may see; everything that is not over, and what ended today."""
    rows: list[RegisterRow] = []
    after: str | None = None
    since: datetime = now() - timedelta(days=60)
    while len(rows) < MOST_ROWS:
        found = await ports.register.board(
            limit_to_account(board.but(since=since), session.account), after=after, limit=100
        )
        rows += found.rows
        after = found.cursor
        if after is None:
            break
    return rows


async def _found(ports: Ports, code: str, rows: list[RegisterRow]) -> str:
    """The procedure of a summons shown at the desk; empty when no summons of this office has that code."""
    seat = await ports.register.by_summons_code(summons_code_hmac(ports.secret, code))
    known = {row.procedure for row in rows}
    return seat.procedure if seat and seat.procedure in known else ""
