"""The journal against a real PostgreSQL: one chain per procedure, written once, together with the register."""

import asyncio
import hashlib

import asyncpg
import pytest

from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.types.vocabulary import Stage
from tests.adapters.conftest import ORDERED, new_procedure
from tests.adapters.written import CANARY, NAME_KEY, chain, row_after


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


async def lines(database: Database) -> int:
    row = await database.row("SELECT count(*) AS lines FROM journal")
    assert row is not None
    return int(row["lines"])


async def test_the_same_line_appended_by_many_at_once_is_written_once(
    journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    written = chain(procedure, 1)
    await asyncio.gather(*[journal.append(written, row_after(written[0])) for _ in range(20)])
    assert await lines(database) == 1


async def test_an_older_repetition_does_not_turn_the_register_back(
    journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    written = chain(procedure, 2)
    await journal.append(written[:1], row_after(written[0], stage=Stage.REQUESTED))
    await journal.append(written[1:], row_after(written[1], stage=Stage.SUMMONED))
    await journal.append(written[:1], row_after(written[0], stage=Stage.REQUESTED))
    row = await database.row("SELECT seq, stage FROM register WHERE procedure = $1", procedure)
    assert row is not None
    assert (row["seq"], row["stage"]) == (1, "summoned")


@pytest.mark.parametrize("statement", ["UPDATE journal SET type = 'x'", "DELETE FROM journal", "TRUNCATE journal"])
async def test_the_table_refuses_to_forget(
    journal: JournalPostgres, database: Database, procedure: ProcedureId, statement: str
) -> None:
    written = chain(procedure, 1)
    await journal.append(written, row_after(written[0]))
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await database.execute(statement)


async def test_the_table_refuses_a_line_that_does_not_hash_to_its_hash(
    journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await database.execute(
            "INSERT INTO journal (procedure, seq, hash, prev, type, line, content)"
            " VALUES ($1, 0, $2, $2, 'x', '{}', $3)",
            procedure,
            hashlib.sha256(b"{ }").hexdigest(),
            bytes(40),
        )


async def test_no_name_is_readable_in_the_tables(
    journal: JournalPostgres, database: Database, procedure: ProcedureId
) -> None:
    written = chain(procedure, 3)
    await journal.append(written, row_after(written[2]))
    for table in ("journal", "register"):
        for row in await database.rows(f"SELECT row_to_json({table})::text AS said FROM {table}"):  # noqa: S608
            assert CANARY not in row["said"]
            assert CANARY.encode().hex() not in row["said"]


async def test_content_moved_to_another_procedure_does_not_open(
    journal: JournalPostgres, database: Database, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    other = await new_procedure(keys)
    written = chain(procedure, 1)
    await journal.append(written, row_after(written[0]))
    line = chain(other, 1)[0]
    await database.execute(
        "INSERT INTO journal (procedure, seq, hash, prev, type, line, content)"
        " SELECT $1, 0, $2, prev, type, $3, content FROM journal WHERE procedure = $4",
        other,
        line.hash,
        line.line,
        procedure,
    )
    with pytest.raises(PersonMustAct, match="content_altered"):
        await journal.read(other)


async def test_a_procedure_without_a_key_has_no_journal(journal: JournalPostgres) -> None:
    written = chain(ProcedureId("prc_keyless"), 1)
    with pytest.raises(PersonMustAct, match="key_missing"):
        await journal.append(written, row_after(written[0]))


async def test_lines_stay_and_their_content_is_gone_after_erasure(
    journal: JournalPostgres, database: Database, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    written = chain(procedure, 2)
    await journal.append(written, row_after(written[1]))
    await keys.destroy(procedure, *ORDERED)
    with pytest.raises(PersonMustAct, match="content_erased"):
        await journal.read(procedure)
    assert await lines(database) == 2
