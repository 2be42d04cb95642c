"""The desk of a municipal office: who is expected, whose summons somebody shows, and a visit."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, StaffSession, requires
from api.access.visibility import may_read, name_for, sees_document
from api.deps import Case, PortsDep, case
from api.http.problems import NotFound
from api.pages.board.lists import CursorAsked, Day, DayAsked, of_a_day, under_way
from api.pages.board.view import board_view
from api.pages.board.walk_in import offered
from api.pages.citizen.starting import startable
from api.pages.procedure.documents_view import DocumentView, document_view
from api.pages.procedure.people_view import person_view
from api.pages.rendering import PageContext, back_to, page, page_context
from api.ports import Ports, now
from api.services.access_log import record_list
from domain.access.accounts import Account, Device
from domain.access.register import Board
from domain.ids import OfficeId
from domain.journal.register import RegisterRow
from domain.procedure.state import Procedure
from domain.types.privacy import Detail
from domain.types.vocabulary import DocumentSource, Stage
from templates.people import shown_name
from templates.texts import text

router = APIRouter(include_in_schema=False)

DeskAnswer = Literal["unknown", "elsewhere", "closed", "cancelled", "no_show", "asked"]
"""What a summons code was found to be, when it leads to no visit of this office; `asked`: an act was asked for."""


@router.get("/desk", dependencies=[requires(Permission.CHECK_IN)])
async def read_desk(
    request: Request, session: Staff, ports: PortsDep, asked: DayAsked = None, after: CursorAsked = None,
    answer: Annotated[DeskAnswer | None, Query()] = None,
) -> Response:  # fmt: skip
    office = session.account.offices[0] if session.account.offices else None
    context = replace(await page_context(request), office=office)
    board = Board(administration=session.account.administration, office=office)
    day = Day.at(now(), context, asked)
    listed = await of_a_day(ports, session, board, day, after)
    live = await under_way(ports, session, board)
    offered = await ports.catalogue.now()
    view = board_view(live, listed.rows, offered.version, session, context)
    await record_list(ports, session, "desk")
    name = next((known.called(context.language) for known in context.administration.offices if known.id == office), "")
    computers = await ports.devices.of_office(session.account.administration, office) if office else ()
    titles = {kind.id: kind.titles.in_language(context.language) for kind in await startable(ports, context, office)}
    calls = [
        (computer, titles.get(computer.calls_for or "", ""))
        for computer in computers if computer.calls_since and not computer.revoked_at
    ]  # fmt: skip
    since = Day.at(now(), context).since
    came = await ports.devices.answered_calls(session.account.administration, office, since) if office else ()
    return page(
        request, "desk.html", context, shown=view, office=name, answer=answer, at=now(), day=day, more=listed.cursor,
        calls=calls, came=[(one, titles.get(one.wants or "", "")) for one in came],
    )  # fmt: skip


@router.post("/desk/calls/{device}", dependencies=[requires(Permission.CHECK_IN)])
async def answer_call(request: Request, device: str, session: Staff, ports: PortsDep) -> Response:
    """Somebody of the office has gone to that computer; who and when is kept."""
    account = session.account
    ours = [c for office in account.offices for c in await ports.devices.of_office(account.administration, office)]
    found = next((computer for computer in ours if computer.id == device), None)
    if found is None:
        raise NotFound()
    await ports.devices.answer_call(device, account.id, now())
    return await _to_form(request, ports, found) if found.calls_for else back_to("/desk")


async def _to_form(request: Request, ports: Ports, computer: Device) -> Response:
    """Where the office asks for what somebody at `computer` wants to start."""
    context = (await page_context(request)).held_at(computer.office)
    at_once = {kind.id for kind in await offered(ports, context, computer.office)}
    wanted = computer.calls_for or ""
    return back_to("/walk-in", kind=wanted) if wanted in at_once else back_to(f"/ask/{wanted}")


@router.post("/desk", dependencies=[requires(Permission.CHECK_IN), limited("desk-code", 30)])
async def look_up_code(session: Staff, ports: PortsDep, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    """To the visit whose summons somebody shows. The code opens a seat: it stays in no address and no history."""
    seat = await ports.summons.seat_of(code)
    row = await ports.register.get(seat.procedure) if seat else None
    if seat is None or row is None or row.administration != session.account.administration:
        return back_to("/desk", answer="unknown")
    if not _comes_here(row, seat.participant, session.account):
        return back_to("/desk", answer="elsewhere")
    return back_to("/desk", answer=row.stage.value) if row.stage.ended else back_to(f"/desk/{row.procedure}")


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
    kind = state.type.procedure
    told = partial(may_read, case.who, privacy=kind.privacy)
    people = [
        replace(
            person_view(state, person, context),
            name=name_for(case.who, state, person, context.language),
        )
        for person in state.citizens
        if not offices or person.office in offices
    ]
    if not told(Detail.ROLE):
        people = [replace(person, role="", identity="", identity_how="") for person in people]
    titles = kind.titles if told(Detail.KIND) else kind.neutral_titles or kind.titles
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
        may_upload=stage in (Stage.CHECKED_IN, Stage.IN_SESSION),
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


def _comes_here(row: RegisterRow, participant: str, account: Account) -> bool:
    """True when that person is summoned to an office of `account`; of an erased procedure, when anybody was."""
    person = next((person for person in row.private.people if person.id == participant), None)
    summoned_to = {person.office} if person else set(row.offices)
    return bool(summoned_to & set(account.offices))
