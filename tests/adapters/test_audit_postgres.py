"""The log of reading against a real PostgreSQL: one line a look, for ever."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from adapters.postgres.database import Database
from adapters.postgres.read_audit import AuditPostgres
from domain.access.stores import ReadAccess
from domain.errors import Refusal
from domain.ids import ProcedureId
from tests.adapters.written import ATLANTIA

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PROCEDURE = ProcedureId("prc_1")


@pytest.fixture
def audit(database: Database) -> AuditPostgres:
    return AuditPostgres(database)


def look(n: int, procedure: ProcedureId | None = PROCEDURE) -> ReadAccess:
    return ReadAccess(
        id=f"req_{n}",
        at=NOW + timedelta(seconds=n),
        actor="acc_1",
        role="clerk",
        administration=ATLANTIA,
        procedure=procedure,
        what=f"document:{n:064x}",
        why="duty",
    )


async def test_who_looked_is_listed_newest_first_page_by_page(audit: AuditPostgres) -> None:
    for n in range(5):
        await audit.record(look(n))
    await audit.record(look(9, ProcedureId("prc_2")))
    await audit.record(look(10, None))
    first, cursor = await audit.of_procedure(PROCEDURE, limit=3)
    rest, end = await audit.of_procedure(PROCEDURE, after=cursor, limit=3)
    assert [access.id for access in (*first, *rest)] == ["req_4", "req_3", "req_2", "req_1", "req_0"]
    assert end is None
    assert first[0] == look(4)


async def test_the_same_request_is_one_line(audit: AuditPostgres) -> None:
    for _ in range(2):
        await audit.record(look(1))
    assert len((await audit.of_procedure(PROCEDURE))[0]) == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE read_audit SET why = ''", "DELETE FROM read_audit", "TRUNCATE read_audit"]
)
async def test_the_table_refuses_to_forget(audit: AuditPostgres, database: Database, statement: str) -> None:
    await audit.record(look(1))
    with pytest.raises(asyncpg.RestrictViolationError, match="append-only"):
        await database.execute(statement)


@pytest.mark.parametrize("cursor", ["x", "-1", "", "9" * 30, "²"])
async def test_a_cursor_that_is_none_of_ours_is_refused(audit: AuditPostgres, cursor: str) -> None:
    with pytest.raises(Refusal, match="bad_cursor"):
        await audit.of_procedure(PROCEDURE, after=cursor)
