"""The board of the day (officials) and the desk of a municipal office."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.deps import Case, PortsDep, case
from api.http.problems import NotFound
from api.pages.board.lists import Day, by_number, of_a_day, under_way
from api.pages.board.view import board_view
from api.pages.procedure.documents_view import DocumentView, document_view
from api.pages.procedure.people_view import person_view
from api.pages.rendering import PageContext, page, page_context
from api.ports import Ports, now
from api.services.access_log import record_list
from api.views.procedure import sees_document
from domain.access.stores import Board
from domain.codes.pins import summons_code_hmac
from domain.ids import OfficeId
from domain.procedure.state import Procedure
from domain.types.vocabulary import DocumentSource, Privacy, StaffRole, Stage
from templates.people import shown_name
from templates.texts import text

router = APIRouter(include_in_schema=False)

DayAsked = Annotated[date | None, Query(alias="day", ge=date(2000, 1, 1), lt=date(2200, 1, 1))]
NumberAsked = Annotated[str, Query(max_length=60)]
CursorAsked = Annotated[str | None, Query(max_length=200)]


@router.get("/board", dependencies=[requires(Permission.LIST_PROCEDURES)])
async def read_board(
    request: Request, session: Staff, ports: PortsDep, asked: DayAsked = None, number: NumberAsked = "",
    after: CursorAsked = None,
) -> Response:  # fmt: skip
    context, number = await page_context(request), number.strip()
    board = Board(administration=session.account.administration)
    day = Day.at(now(), context.administration.time_zone(context.office), asked)
    found = await (
        by_number(ports, session, board, number, after) if number else of_a_day(ports, session, board, day, after)
    )
    view = board_view(
        await under_way(ports, session, board), found.rows, dict(ports.types.items()), context, open_names=True
    )
    await record_list(ports, session, "board")
    may_act = session.account.has(StaffRole.CLERK, StaffRole.OFFICIAL)
    return page(
        request, "board.html", context, shown=view, at=now(), may_act=may_act, day=day, number=number, more=found.cursor
    )


@router.get("/desk", dependencies=[requires(Permission.CHECK_IN)])
async def read_desk(
    request: Request, session: Staff, ports: PortsDep, code: Annotated[str, Query(max_length=40)] = "",
    asked: DayAsked = None, after: CursorAsked = None,
) -> Response:  # fmt: skip
    context = await page_context(request)
    office = session.account.offices[0] if session.account.offices else None
    board = Board(administration=session.account.administration, office=office)
    day = Day.at(now(), context.administration.time_zone(office), asked)
    listed = await of_a_day(ports, session, board, day, after)
    live = await under_way(ports, session, board)
    view = board_view(live, listed.rows, dict(ports.types.items()), context, open_names=False)
    found = await _found(ports, session, code) if code else None
    await record_list(ports, session, "desk")
    name = next((known.name for known in context.administration.offices if known.id == office), "")
    return page(
        request, "desk.html", context, shown=view, office=name, code=code, found=found, at=now(), day=day,
        more=listed.cursor,
    )  # fmt: skip


@router.get("/desk/{procedure}")
async def read_visit(request: Request, case: Annotated[Case, case(Permission.CHECK_IN)]) -> Response:
    """One summons at the desk: who of it is here, and what the office does for them."""
    if not isinstance(case.who, StaffSession):
        raise NotFound()
    await case.record_access("desk")
    progress = await case.progress()
    state = progress.procedure
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
        request, "visit.html", context, seq=progress.seq, shown=_Visit(state.id, deposits, here, papers), people=people,
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


async def _found(ports: Ports, session: StaffSession, code: str) -> str:
    """The procedure of a summons shown at the desk; empty when no summons of this office has that code."""
    seat = await ports.register.by_summons_code(summons_code_hmac(ports.secret, code))
    row = await ports.register.get(seat.procedure) if seat else None
    if row is None or row.stage.ended or row.administration != session.account.administration:
        return ""
    return row.procedure if set(row.offices) & set(session.account.offices) else ""
