"""The pool against a real PostgreSQL that is killed: transient trouble is said as such, and passes."""

import asyncio
import secrets
from contextlib import aclosing

import asyncpg
import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.migrate import migrate
from adapters.postgres.register import RegisterPostgres
from deploy.stack import Stack
from domain.access.register import RegisterChange
from domain.errors import TryAgain
from domain.journal.chain import JournalEntry
from tests.adapters.conftest import new_procedure
from tests.adapters.written import NAME_KEY, chain, row_after


async def test_an_exception_in_a_transaction_undoes_it(database: Database) -> None:
    await database.execute("CREATE TABLE notes (words text)")
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO notes VALUES ('half')")
            raise ZeroDivisionError
    assert await database.rows("TABLE notes") == []
    await database.execute("DROP TABLE notes")


async def test_a_deadlock_may_be_tried_again(database: Database) -> None:
    await database.execute("CREATE TABLE numbers AS SELECT n FROM generate_series(1, 2) AS n")
    both_hold_one = asyncio.Barrier(2)

    async def touch(first: int, second: int) -> None:
        async with database.transaction() as connection:
            await connection.execute("UPDATE numbers SET n = n WHERE n = $1", first)
            await both_hold_one.wait()
            await connection.execute("UPDATE numbers SET n = n WHERE n = $1", second)

    ends = await asyncio.gather(touch(1, 2), touch(2, 1), return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", "TryAgain"]
    await database.execute("DROP TABLE numbers")


async def test_a_mistake_of_ours_is_not_taken_for_transient(database: Database) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        await database.rows("TABLE nowhere")
    with pytest.raises(asyncpg.DataError):
        await database.rows("SELECT $1::int", "not a number")


async def test_nobody_at_that_address_may_be_tried_again() -> None:
    with pytest.raises(TryAgain):
        async with Database.connect("postgresql://estrado:none@127.0.0.1:9/estrado"):
            pass


async def test_after_the_server_was_killed_everything_goes_on(own_stack: Stack) -> None:
    await asyncio.to_thread(own_stack.need, "postgres")
    async with Database.connect(own_stack.env["ESTRADO_DATABASE_URL"]) as database:
        await migrate(database)
        keys = KeysPostgres(database, KeyRing(secrets.token_bytes(32)))
        journal = JournalPostgres(database, keys, NAME_KEY)
        procedure = await new_procedure(keys)
        written = chain(procedure, 2)
        async with aclosing(RegisterPostgres(database, keys, journal, NAME_KEY).listen()) as changes:
            assert await anext(changes) is None
            await journal.append(written[:1], row_after(written[0]))
            heard = await anext(changes)
            assert isinstance(heard, RegisterChange)
            assert heard.seq == 0

            await asyncio.to_thread(own_stack.kill, "postgres", hold=True)
            with pytest.raises(TryAgain):
                await journal.append(written[1:], row_after(written[1]))
            await asyncio.to_thread(own_stack.start, "postgres")
            await asyncio.to_thread(own_stack.wait_healthy, "postgres")

            assert await anext(changes) is None, "whoever listens is told that something may have been missed"
            await until_written(journal, written[1:])
            heard = await anext(changes)
            assert isinstance(heard, RegisterChange)
            assert heard.seq == 1
        assert await journal.read(procedure) == written


async def until_written(journal: JournalPostgres, lines: list[JournalEntry]) -> None:
    """Append as a workflow would: again and again while it may be tried again."""
    while True:
        try:
            return await journal.append(lines, row_after(lines[-1]))
        except TryAgain:
            await asyncio.sleep(0.1)
