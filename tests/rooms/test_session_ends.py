"""Media end with the session that they belong to, and with them every pass that it was given."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Collection
from datetime import datetime

from bench.rooms.house import House
from bench.rooms.person import Person
from bench.rooms.waiting import until
from domain.errors import TryAgain
from rooms.protocol import Fact
from rooms.session_ends import end_media_of_sessions


class KnownEnds:
    """`SessionEnds` of a test: an end is told when somebody says so, or found when it is looked for."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[str | None] = asyncio.Queue()
        self.ended: set[str] = set()
        self.in_use: set[str] = set()
        self.asked_in_vain = 0
        self.away = False

    async def listen_ends(self) -> AsyncGenerator[str | None, None]:
        while True:
            yield await self.told.get()

    async def over(self, sessions: Collection[str], now: datetime) -> frozenset[str]:
        if self.away:
            self.asked_in_vain += 1
            raise TryAgain("the database is away")
        return frozenset(self.ended.intersection(sessions))

    async def keep_in_use(self, sessions: Collection[str], now: datetime) -> None:
        self.in_use.update(sessions)


async def test_a_session_that_is_ended_takes_its_media_and_passes_with_it(
    own_house: House, person: Callable[..., Person], facts: AsyncGenerator[Fact, None]
) -> None:
    house, ends = own_house, KnownEnds()
    watching = asyncio.create_task(end_media_of_sessions(ends, house.client))
    clerk, citizen, again, anew = (person(house, seed=seed) for seed in range(4))
    await clerk.join(house.token("clerk", session="ses_clerk"))
    await citizen.join(house.token("citizen", session="ses_citizen"))
    await clerk.sees("citizen")
    await citizen.sees("clerk")
    assert await house.client.sessions() == {"ses_clerk": True, "ses_citizen": True}

    given_out = house.token("clerk", session="ses_clerk")
    ends.told.put_nowait("ses_clerk")
    assert (await clerk.hears("closed"))["reason"] == "session_over"
    await again.join(given_out)
    assert (await again.hears("refused"))["reason"] == "session_over"
    received = clerk.frames_received()
    await asyncio.sleep(0.5)
    assert clerk.frames_received() == received
    left = [fact async for fact in _until_left(facts)][-1]
    assert (left.participant, left.reason) == ("clerk", "session_over")

    # Signed in anew, the same person comes in again; nobody else was disturbed.
    await anew.join(house.token("clerk", session="ses_anew"))
    await anew.sees("citizen")
    await until(lambda: "ses_citizen" in ends.in_use)
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching


async def _until_left(facts: AsyncGenerator[Fact, None]) -> AsyncGenerator[Fact, None]:
    async with asyncio.timeout(10):
        async for fact in facts:
            yield fact
            if fact.kind == "left":
                return


async def test_a_session_that_ended_unheard_is_found(house: House, person: Callable[..., Person]) -> None:
    ends = KnownEnds()
    watching = asyncio.create_task(end_media_of_sessions(ends, house.client))
    waiting, idle = person(house), person(house)
    await waiting.join(house.token("waiting", admitted=False, session="ses_waiting"))
    await idle.join(house.token("idle", session="ses_idle"))
    ends.ended.update({"ses_waiting", "ses_idle"})
    for somebody in (waiting, idle):
        assert (await somebody.hears("closed"))["reason"] == "session_over"
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching


async def test_nobody_is_cut_off_because_the_database_is_away(house: House, person: Callable[..., Person]) -> None:
    ends = KnownEnds()
    ends.away, ends.ended = True, {"ses_1"}
    watching = asyncio.create_task(end_media_of_sessions(ends, house.client))
    clerk = person(house)
    await clerk.join(house.token("clerk", session="ses_1"))
    await until(lambda: ends.asked_in_vain > 1)
    assert clerk.last("closed") is None
    ends.away = False
    assert (await clerk.hears("closed"))["reason"] == "session_over"
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
