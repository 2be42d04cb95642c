"""The board of the day, for those who hold acts."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.board.lists import CursorAsked, Day, DayAsked, by_number, of_a_day, under_way
from api.pages.board.view import board_view
from api.pages.rendering import page, page_context
from api.ports import now
from api.services.access_log import record_list
from domain.access.register import Board
from domain.types.vocabulary import StaffRole

router = APIRouter(include_in_schema=False)

NumberAsked = Annotated[str, Query(max_length=60)]


@router.get("/board", dependencies=[requires(Permission.LIST_PROCEDURES)])
async def read_board(
    request: Request, session: Staff, ports: PortsDep, asked: DayAsked = None, number: NumberAsked = "",
    after: CursorAsked = None,
) -> Response:  # fmt: skip
    context, number = await page_context(request), number.strip()
    board = Board(administration=session.account.administration)
    day = Day.at(now(), context, asked)
    found = await (
        by_number(ports, session, board, number, after) if number else of_a_day(ports, session, board, day, after)
    )
    offered = await ports.catalogue.now()
    view = board_view(await under_way(ports, session, board), found.rows, offered.version, session, context)
    await record_list(ports, session, "board")
    may_act = session.account.has(StaffRole.CLERK, StaffRole.OFFICIAL)
    return page(
        request, "board.html", context, shown=view, at=now(), may_act=may_act, day=day, number=number, more=found.cursor
    )
