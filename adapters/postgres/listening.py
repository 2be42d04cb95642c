"""Hearing what other processes tell through PostgreSQL (`pg_notify`), for as long as somebody listens."""

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, TypeAlias

from adapters.postgres.database import Database
from domain.errors import TryAgain

if TYPE_CHECKING:
    import asyncpg

RECONNECT_AFTER = 1.0
"""Seconds between attempts to listen again."""
STILL_THERE = 30.0
"""Seconds of silence after which the listening connection is asked whether it still is one."""

Told: TypeAlias = tuple[str, str]
"""The channel, and what was said on it."""


async def listen(database: Database, *channels: str) -> AsyncGenerator[Told | None, None]:
    """What is told on `channels`; None after each connection: something may have been missed."""
    while True:
        try:
            async with database.own_connection() as connection:
                heard = await _subscribe(connection, channels)
                yield None
                while (told := await _next(connection, heard)) is not None:
                    yield told
        except TryAgain:
            pass
        await asyncio.sleep(RECONNECT_AFTER)


async def _subscribe(
    connection: "asyncpg.Connection[asyncpg.Record]", channels: tuple[str, ...]
) -> "asyncio.Queue[Told | None]":
    heard: asyncio.Queue[Told | None] = asyncio.Queue()
    connection.add_termination_listener(lambda _: heard.put_nowait(None))
    for channel in channels:
        await connection.add_listener(channel, lambda _, _pid, where, said: heard.put_nowait((str(where), str(said))))
    return heard


async def _next(connection: "asyncpg.Connection[asyncpg.Record]", heard: "asyncio.Queue[Told | None]") -> Told | None:
    """What is told next; None when the connection is gone, which a silent network does not say by itself."""
    while True:
        try:
            return await asyncio.wait_for(heard.get(), STILL_THERE)
        except TimeoutError:
            await connection.execute("SELECT 1")
