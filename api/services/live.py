"""Live pages: what the register announces, told to every open page that may know it (Server-Sent Events).

An event says that something changed and where, never what: the page asks again with its own rights.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sse_starlette import EventSourceResponse, ServerSentEvent

from api.access.entitlement import may_see
from api.access.session import CitizenSession, StaffSession
from domain.access.register import DeskCalled, Register, RegisterChange
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.journal.register import RegisterRow
from domain.refusals.requests import TOO_MANY_REQUESTS

LONGEST = 35 * 60
"""Seconds after which a stream ends. Longer than a session may idle: an abandoned page cannot keep one alive."""

MOST_PAGES = 20
"""Open pages of one session."""

QUEUED = 100
"""Changes that a slow page may have waiting; after that it is only told to look everything up again."""

Viewer = StaffSession | CitizenSession


@dataclass(frozen=True)
class Over:
    """The last thing told to a page."""

    signed_out: bool
    """The session has ended, and not only this process."""


@dataclass(eq=False)
class Follower:
    """One open page. `procedure` None: the board."""

    viewer: Viewer
    procedure: ProcedureId | None
    queue: asyncio.Queue[RegisterChange | Over | None] = field(default_factory=lambda: asyncio.Queue(QUEUED))

    def tell(self, change: RegisterChange | Over | None) -> None:
        if self.queue.full():
            self._forget()
            change = change if isinstance(change, Over) else None
        self.queue.put_nowait(change)

    def end(self, over: Over) -> None:
        self._forget()
        self.tell(over)

    def _forget(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()


class Changes:
    """One listener per process, fanned out to the open pages."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._followers: set[Follower] = set()
        self.longest: float = LONGEST

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._listen(), name="register changes")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            self._end(lambda _: True, Over(signed_out=False))

    async def _listen(self) -> None:
        async for change in self._register.listen():
            if isinstance(change, DeskCalled):
                self._call(change)
                continue
            row = await self._row(change)
            for follower in tuple(self._followers):
                if _concerns(follower, change, row):
                    follower.tell(change)

    def _call(self, called: DeskCalled) -> None:
        """No procedure has changed: the desks of that office look everything up again."""
        for follower in tuple(self._followers):
            if follower.procedure is None and _is_at(follower.viewer, called):
                follower.tell(None)

    async def _row(self, change: RegisterChange | None) -> RegisterRow | None:
        """Looked up once, and only when some board has to know whether it may be told."""
        if change is None or all(follower.procedure for follower in self._followers):
            return None
        return await self._register.get(change.procedure)

    def end_session(self, session: str) -> None:
        """Close the pages of a session that is over."""
        self._end(lambda follower: follower.viewer.id == session, Over(signed_out=True))

    def _end(self, concerned: Callable[[Follower], bool], over: Over) -> None:
        for follower in tuple(self._followers):
            if concerned(follower):
                follower.end(over)

    def stream(self, viewer: Viewer, procedure: ProcedureId | None) -> EventSourceResponse:
        """The answer to `GET /events`. The caller has checked that `viewer` may follow `procedure`.

        Raises `Refusal('too_many_requests', seconds=...)` for a session with as many open pages as anybody looks at.
        """
        if sum(follower.viewer.id == viewer.id for follower in self._followers) >= MOST_PAGES:
            raise Refusal(TOO_MANY_REQUESTS, seconds=60)
        return EventSourceResponse(self._told(Follower(viewer, procedure)), ping=15, send_timeout=10)

    async def _told(self, follower: Follower) -> AsyncIterator[ServerSentEvent]:
        self._followers.add(follower)
        until = asyncio.get_running_loop().time() + self.longest
        try:
            yield ServerSentEvent(comment="following", retry=2000)
            while (left := until - asyncio.get_running_loop().time()) > 0:
                change = await asyncio.wait_for(follower.queue.get(), left)
                if isinstance(change, Over):
                    if change.signed_out:
                        yield ServerSentEvent(event="over", data="{}")
                    return
                yield _event(change)
        except TimeoutError:
            return
        finally:
            self._followers.discard(follower)


def _concerns(follower: Follower, change: RegisterChange | None, row: RegisterRow | None) -> bool:
    if change is None:
        return True
    if follower.procedure is not None:
        return follower.procedure == change.procedure
    return row is not None and may_see(follower.viewer, row)


def _is_at(viewer: Viewer, called: DeskCalled) -> bool:
    account = viewer.account if isinstance(viewer, StaffSession) else None
    at = (called.administration, called.office)
    return account is not None and at in {(account.administration, office) for office in account.offices}


def _event(change: RegisterChange | None) -> ServerSentEvent:
    """`changed` without a procedure: the connection was lost meanwhile, everything may be out of date."""
    told = change.model_dump(mode="json", include={"procedure", "seq", "stage"}) if change else {"procedure": None}
    return ServerSentEvent(event="changed", data=json.dumps(told))
