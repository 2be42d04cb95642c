"""The media of a session end with it: what the sidecar hears of sessions is told to the media process.

An end is told as it happens; besides, those who are connected are looked up again and again, since a session that
lies idle ends without anybody doing anything, and an end may have been missed. Nobody is cut off because the database
or the media process is away: they are asked again.
"""

import asyncio
import contextlib
from datetime import UTC, datetime

from domain.access.stores import SessionEnds
from domain.errors import TryAgain
from rooms.client import RoomRefused, RoomsClient

LOOKING = 3.0
"""Seconds between looks at the sessions that are connected."""


async def end_media_of_sessions(ends: SessionEnds, rooms: RoomsClient) -> None:
    """For as long as it is let."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_tell(ends, rooms))
        group.create_task(_look(ends, rooms))


async def _tell(ends: SessionEnds, rooms: RoomsClient) -> None:
    async for session in ends.listen_ends():
        if session is None:
            continue
        # Without a media process there are no media; one of before knows no sessions.
        with contextlib.suppress(TryAgain, RoomRefused):
            await rooms.end_session(session)


async def _look(ends: SessionEnds, rooms: RoomsClient) -> None:
    before: frozenset[str] = frozenset()
    while True:
        with contextlib.suppress(TryAgain, RoomRefused):
            here, now = await rooms.sessions(), datetime.now(UTC)
            over = await ends.over(here, now)
            # At the second look: whose seat was taken over is sent out by the procedure, which says why.
            for session in over & before:
                await rooms.end_session(session)
            await ends.keep_in_use([session for session, live in here.items() if live and session not in over], now)
            before = over
        await asyncio.sleep(LOOKING)
