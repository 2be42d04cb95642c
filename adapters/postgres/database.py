"""PostgreSQL as every `*_postgres` adapter sees it: one pool, short transactions, transient trouble as `TryAgain`."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

import asyncpg
from asyncpg.pool import Pool, PoolConnectionProxy

from domain.errors import DatabaseUnavailable, TryAgain

if TYPE_CHECKING:
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record] | asyncpg.Connection[asyncpg.Record]
else:  # only their type stubs are generic
    Connection = PoolConnectionProxy | asyncpg.Connection

PATIENCE = 10.0
"""Seconds for a free connection, and for one statement."""

_IN_THE_WAY = (
    asyncpg.TransactionRollbackError,  # deadlocks and serialisation failures
    asyncpg.LockNotAvailableError,
)
"""The server is well: somebody else was at the same rows."""

_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,  # too many connections, disk full
    asyncpg.OperatorInterventionError,  # the server is stopping or starting
    asyncpg.InterfaceError,  # the pool is closing, the connection was closed under us
    OSError,
    TimeoutError,
)


@contextmanager
def transient_as_try_again() -> Iterator[None]:
    """Raise `TryAgain` for what may pass by itself, and `DatabaseUnavailable` when the server is away.

    A lost COMMIT is among it: callers must bear repetition.
    """
    try:
        yield
    except asyncpg.DataError:  # a subclass of InterfaceError, but a mistake of ours: it would never pass
        raise
    except _IN_THE_WAY as trouble:
        raise TryAgain(f"database: {type(trouble).__name__}") from trouble
    except _AWAY as trouble:
        raise DatabaseUnavailable(f"database: {type(trouble).__name__}") from trouble


class Database:
    def __init__(self, url: str, pool: "Pool[asyncpg.Record]", patience: float) -> None:
        self._url = url
        self._pool = pool
        self._patience = patience

    @classmethod
    @asynccontextmanager
    async def connect(cls, url: str, *, connections: int = 10, patience: float = PATIENCE) -> AsyncIterator["Database"]:
        """The pool of one process, closed at the end of the block. `patience`: where people wait, it is shorter."""
        with transient_as_try_again():
            pool = await asyncpg.create_pool(
                url,
                min_size=1,
                max_size=connections,
                command_timeout=patience,
                timeout=PATIENCE,
                init=_speak_json,
                reset=_nothing_to_undo,
            )
        try:
            yield cls(url, pool, patience)
        finally:
            await pool.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """One transaction (READ COMMITTED): committed at the end of the block, rolled back by any exception."""
        with transient_as_try_again():
            async with self._pool.acquire(timeout=self._patience) as connection, connection.transaction():
                yield connection

    async def execute(self, statement: str, *values: Any) -> int:
        """Carry out one statement; how many rows it touched."""
        with transient_as_try_again():
            status = await self._pool.execute(statement, *values)
        # The command tag ends in a number of rows where there are rows: "UPDATE 3", but "CREATE TABLE".
        last = status.rsplit(" ", 1)[-1]
        return int(last) if last.isdigit() else 0

    async def rows(self, query: str, *values: Any) -> list[asyncpg.Record]:
        with transient_as_try_again():
            return await self._pool.fetch(query, *values)

    async def row(self, query: str, *values: Any) -> asyncpg.Record | None:
        with transient_as_try_again():
            return await self._pool.fetchrow(query, *values)

    @asynccontextmanager
    async def own_connection(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection outside the pool, for what lasts: listening, locks that outlive a transaction."""
        with transient_as_try_again():
            connection = await asyncpg.connect(self._url, command_timeout=PATIENCE, timeout=PATIENCE)
            try:
                yield connection
            finally:
                # Said goodbye to in order when possible; a connection that broke has nobody to say it to.
                if not connection.is_closed():
                    await connection.close(timeout=PATIENCE)


async def _speak_json(connection: Connection) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog", format="text")


async def _nothing_to_undo(connection: Connection) -> None:
    """What asyncpg would send after each use, one more trip, undoes only what needs `own_connection` here."""


async def lock(connection: Connection, *names: str) -> None:
    """Wait until no other transaction holds the lock of these names; kept until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "\x1f".join(names))
