"""Lists of a large register: what is found, in which order, and that no list reads all of it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.register import RegisterPostgres, _statement
from domain.access.register import Board
from domain.ids import OfficeId
from domain.journal.register import RegisterRow
from domain.types.vocabulary import Stage
from tests.adapters.conftest import new_procedure
from tests.adapters.written import ATLANTIA, NAME_KEY, NOON, chain, row_after

UNDER_WAY = tuple(stage for stage in Stage if not stage.ended and stage is not Stage.SUMMONED)
MANY, CHUNK = 20_000, 2_000
Place = Callable[..., Any]


@pytest.fixture
def register(database: Database, keys: KeysPostgres) -> RegisterPostgres:
    return RegisterPostgres(database, keys, JournalPostgres(database, keys, NAME_KEY), NAME_KEY)


@pytest.fixture
def entered(database: Database, keys: KeysPostgres) -> Place:
    async def enter(**changes: Any) -> RegisterRow:
        line = chain(await new_procedure(keys), 1)[0]
        row = row_after(line, **changes)
        await JournalPostgres(database, keys, NAME_KEY).append([line], row)
        return row

    return enter


async def test_a_number_is_found_by_how_it_begins_and_signs_of_patterns_mean_themselves(
    register: RegisterPostgres, entered: Place
) -> None:
    one, other = await entered(case_number="31/2026"), await entered(case_number="310/2026")
    odd = await entered(case_number="50%_a/2026")

    async def found(number: str) -> set[str]:
        return {row.procedure for row in (await register.board(Board(administration=ATLANTIA, number=number))).rows}

    assert await found("31") == {one.procedure, other.procedure}
    assert await found("31/") == {one.procedure}
    assert await found("50%_") == {odd.procedure}
    assert await found("%") == set()


async def test_pages_go_back_in_time_and_show_every_row_once(register: RegisterPostgres, entered: Place) -> None:
    rows = [await entered(scheduled_at=NOON + timedelta(hours=n // 2)) for n in range(7)]
    board, seen, cursor = Board(administration=ATLANTIA, newest_first=True), list[RegisterRow](), None
    while True:
        page = await register.board(board, after=cursor, limit=3)
        seen += page.rows
        if (cursor := page.cursor) is None:
            break

    assert [row.scheduled_at for row in seen] == sorted((row.scheduled_at for row in rows), reverse=True)
    assert len({row.procedure for row in seen}) == 7


async def test_no_list_reads_the_whole_register(register: RegisterPostgres, entered: Place, database: Database) -> None:
    like = await entered()
    await _fill(database, like.procedure)
    day = Board(administration=ATLANTIA, since=NOON + timedelta(days=1), until=NOON + timedelta(days=2))
    lists = {
        "a day": day,
        "a day of an office": day.but(office=OfficeId("hills")),
        "under way": Board(administration=ATLANTIA, stages=UNDER_WAY, newest_first=True),
        "a number": Board(administration=ATLANTIA, number="777/"),
        "a name": Board(administration=ATLANTIA, name="Oculta"),
    }
    for name, board in lists.items():
        statement, values = _statement(board, None, NAME_KEY, 201)
        for mode in ("force_custom_plan", "force_generic_plan"):
            async with database.transaction() as connection:
                await connection.execute(f"SET LOCAL plan_cache_mode = {mode}")
                await connection.execute(f"PREPARE asked AS {statement}")
                given = ", ".join(literal(value) for value in values)
                (said,) = await connection.fetch(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked({given})")
                await connection.execute("DEALLOCATE asked")
            plan = json.loads(said[0])
            assert most_read(plan[0]["Plan"]) <= 500, (name, mode, plan)


def literal(value: Any) -> str:
    return "'{" + ",".join(map(str, value)) + "}'" if isinstance(value, list) else f"'{value}'"


def most_read(plan: dict[str, Any]) -> float:
    """Rows that the busiest node of a plan looked at, those that it threw away included."""
    looked_at: float = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return max(looked_at, *(most_read(part) for part in plan.get("Plans", ())), 0)


async def _fill(database: Database, like: str) -> None:
    """The same row again and again, with a number and a day of its own; nearly all of it is over."""
    for first in range(1, MANY, CHUNK):
        await database.execute(
            "INSERT INTO procedure_keys"
            " SELECT (jsonb_populate_record(k, jsonb_build_object('procedure', 'prc_' || n))).*"
            " FROM procedure_keys k, generate_series($2::int, $3::int) n WHERE k.procedure = $1",
            *(like, first, first + CHUNK - 1),
        )
        await database.execute(
            "INSERT INTO register SELECT (jsonb_populate_record(r, jsonb_build_object('procedure', 'prc_' || n,"
            " 'stage', CASE WHEN n % 100 = 0 THEN 'interrupted' ELSE 'closed' END,"
            " 'scheduled_at', r.scheduled_at + n * interval '1 hour',"
            " 'public', jsonb_set(r.public, '{case_number}', to_jsonb(n || '/2026'))))).*"
            " FROM register r, generate_series($2::int, $3::int) n WHERE r.procedure = $1",
            *(like, first, first + CHUNK - 1),
        )
        await database.execute(
            "INSERT INTO name_tokens SELECT 'prc_' || n, ARRAY[n::bigint] FROM generate_series($1::int, $2::int) n",
            *(first, first + CHUNK - 1),
        )
    await database.execute("ANALYZE register")
    await database.execute("ANALYZE name_tokens")
