"""Procedures of any day found by the name of somebody in them, as far as the caller may read that name."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep
from api.pages.board.lists import by_name
from api.pages.board.view import board_view
from api.pages.rendering import page, page_context
from api.ports import now
from api.services.access_log import record_list
from domain.access.register import Board
from domain.codes.name_tokens import searchable_words

router = APIRouter(include_in_schema=False)


@router.get("/board/names", dependencies=[requires(Permission.LIST_PROCEDURES)])
async def read_name_search(request: Request) -> Response:
    return page(request, "found.html", await page_context(request), name="", shown=None)


@router.post("/board/names", dependencies=[requires(Permission.LIST_PROCEDURES), limited("names", 120)])
async def find_by_name(
    request: Request, session: Staff, ports: PortsDep, name: Annotated[str, Form(max_length=100)] = "",
    after: Annotated[str, Form(max_length=200)] = "",
) -> Response:  # fmt: skip
    """A name is personal: it stays in no address and no history, so the answer to the form is the page itself."""
    context, name = await page_context(request), name.strip()
    if not searchable_words(name):
        return page(request, "found.html", context, name=name, shown=None)
    await record_list(ports, session, "names")
    board = Board(administration=session.account.administration)
    found = await by_name(ports, session, board, name, after or None)
    offered = await ports.catalogue.now()
    view = board_view((), found.rows, offered.version, session, context)
    return page(request, "found.html", context, name=name, shown=view, at=now(), more=found.cursor)
