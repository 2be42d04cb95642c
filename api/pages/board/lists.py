"""Which procedures a page lists: what is under way, whatever its date, and one day of the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Query

from api.access.entitlement import limit_to_account
from api.access.session import StaffSession
from api.pages.rendering import PageContext
from api.ports import Ports
from domain.access.register import Board
from domain.journal.register import RegisterRow
from domain.types.vocabulary import Stage

DayAsked = Annotated[date | None, Query(alias="day", ge=date(2000, 1, 1), lt=date(2200, 1, 1))]
CursorAsked = Annotated[str | None, Query(max_length=200)]

UNDER_WAY = tuple(stage for stage in Stage if not stage.ended and stage is not Stage.SUMMONED)
"""Caller waits, something was stopped, is to be signed, or is being done by itself."""

MOST_UNDER_WAY = 200
ROWS_OF_A_PAGE = 50


@dataclass(frozen=True)
class Day:
    """One day at the office, and the instants between which it lies there."""

    on: date
    zone: ZoneInfo

    @classmethod
    def at(cls, now: datetime, context: PageContext, asked: date | None = None) -> "Day":
        """The day that somebody asks for, or that on which `now` falls, by the clock of the page."""
        return cls(asked or now.astimezone(context.words.zone).date(), context.words.zone)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.on, time(), self.zone)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.on + timedelta(days=1), time(), self.zone)

    @property
    def before(self) -> date:
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.on + timedelta(days=1)


@dataclass(frozen=True)
class Listed:
    """A page of a list, and where the next one begins."""

    rows: tuple[RegisterRow, ...]
    cursor: str | None


async def under_way(ports: Ports, session: StaffSession, board: Board) -> tuple[RegisterRow, ...]:
    """What somebody has to do something about; what was summoned last comes first."""
    asked = limit_to_account(board.but(stages=UNDER_WAY, newest_first=True), session.account)
    page = await ports.register.board(asked, limit=MOST_UNDER_WAY)
    return page.rows[::-1]


async def of_a_day(ports: Ports, session: StaffSession, board: Board, day: Day, after: str | None) -> Listed:
    """What is scheduled for that day, in its order."""
    asked = limit_to_account(board.but(since=day.since, until=day.until), session.account)
    page = await ports.register.board(asked, after=after, limit=ROWS_OF_A_PAGE)
    return Listed(page.rows, page.cursor)


async def by_number(ports: Ports, session: StaffSession, board: Board, number: str, after: str | None) -> Listed:
    """Procedures of any day whose case number begins so; the last ones first."""
    asked = limit_to_account(board.but(number=number, newest_first=True), session.account)
    page = await ports.register.board(asked, after=after, limit=ROWS_OF_A_PAGE)
    return Listed(page.rows, page.cursor)


async def by_name(ports: Ports, session: StaffSession, board: Board, name: str, after: str | None) -> Listed:
    """Procedures of any day in which somebody is called so; the last ones first."""
    asked = limit_to_account(board.but(name=name, newest_first=True), session.account)
    page = await ports.register.board(asked, after=after, limit=ROWS_OF_A_PAGE)
    return Listed(page.rows, page.cursor)
