"""What is counted as procedures end, against a real PostgreSQL: once, with the journal, and later for older ones."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.postgres.database import Database
from adapters.postgres.indicators import IndicatorsPostgres, fill_indicators
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from domain.access.indicators import Cell, Seats
from domain.events import state_of
from domain.events.closing import ProcedureClosed
from domain.ids import OfficeId, ProcedureId
from domain.journal.chain import Stamp, entry
from domain.journal.measured import Measured, Step
from domain.types.vocabulary import Privacy, Stage
from tests.adapters.conftest import new_procedure
from tests.adapters.test_register_postgres import story
from tests.adapters.written import ATLANTIA, CANARY, NAME_KEY, NOON, chain, head_of, row_after

MADRID = "Europe/Madrid"
DAY = timedelta(days=1)


@pytest.fixture
def journal(database: Database, keys: KeysPostgres) -> JournalPostgres:
    return JournalPostgres(database, keys, NAME_KEY)


def ended(procedure: ProcedureId, **changes: Any) -> Measured:
    said = Measured(procedure=procedure, administration=ATLANTIA, office=OfficeId("marina"), body="court-1",
                    type="conciliation", privacy=Privacy.ORDINARY, sealed_at=NOON + DAY, ended_at=NOON + DAY,
                    held=True, places=("hills", "own_device"))  # fmt: skip
    return said.but(**changes)


async def end(keys: KeysPostgres, journal: JournalPostgres, **changes: Any) -> ProcedureId:
    lines = chain(await new_procedure(keys), 2)
    await journal.append(lines[:1], row_after(lines[0]))
    procedure = lines[0].procedure
    await journal.append(lines[1:], row_after(lines[1], stage=Stage.CLOSED, measured=ended(procedure, **changes)))
    return procedure


async def cells(database: Database, since: str = "2026-11", until: str = "2026-11", **pilots: str) -> tuple[Cell, ...]:
    return await IndicatorsPostgres(database).cells(ATLANTIA, since, until, MADRID, pilots)


async def test_a_procedure_counts_with_the_line_that_ends_it(
    database: Database, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    await end(keys, journal, interruptions=2)
    await end(keys, journal, held=False, step=Step.ARRIVAL, sealed_at=None, places=())
    (counted,) = await cells(database)
    assert (counted.ended, counted.held, counted.minutes) == (2, 1, 1)
    assert (counted.interrupted, counted.interruptions, counted.seconds) == (1, 2, DAY.total_seconds())
    assert {step: number for step, number in counted.abandoned.items() if number} == {Step.ARRIVAL: 1}
    assert set(counted.seats) == {
        Seats(place="hills", body="court-1", people=1),
        Seats(place="own_device", body="court-1", people=1),
    }


async def test_written_again_it_counts_once(database: Database, keys: KeysPostgres, journal: JournalPostgres) -> None:
    lines = chain(await new_procedure(keys), 1)
    row = row_after(lines[0], stage=Stage.CLOSED, measured=ended(lines[0].procedure))
    for _ in range(2):
        await journal.append(lines, row)
    more = chain(lines[0].procedure, 1, head=head_of(lines[0]))
    await journal.append(
        more, row_after(more[0], stage=Stage.CLOSED, measured=ended(lines[0].procedure, interruptions=9))
    )
    (counted,) = await cells(database)
    assert (counted.ended, counted.interruptions) == (1, 0)


async def test_a_month_is_that_of_the_legal_time(
    database: Database, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    """Half past eleven in the evening of 31 October, UTC, is November in Madrid."""
    await end(keys, journal, ended_at=datetime(2026, 10, 31, 23, 30, tzinfo=UTC))
    assert [one.month for one in await cells(database)] == ["2026-11"]
    assert await cells(database, "2026-10", "2026-10") == ()
    assert await cells(database, "2026-12", "2027-12") == ()


async def test_what_was_asked_for_within_a_pilot_is_apart(
    database: Database, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    await end(keys, journal)
    assert [one.pilot for one in await cells(database, conciliation="2026-11-20")] == [True]
    assert [one.pilot for one in await cells(database, conciliation="2026-11-19")] == [False]
    assert [one.pilot for one in await cells(database, mediation="2026-11-20")] == [False]


async def test_those_that_ended_before_are_counted_from_their_journals(
    database: Database, keys: KeysPostgres, journal: JournalPostgres
) -> None:
    """As an earlier version left them: the register says that they have ended, and nobody has counted them."""
    lines = story(await new_procedure(keys), Privacy.ORDINARY)
    head = head_of(lines[-1])
    last = entry(
        head, procedure=lines[0].procedure, seed=b"s" * 32, stamp=Stamp(actor="system", role="system", at=NOON + DAY),
        type=ProcedureClosed().type, content=ProcedureClosed().content(), subjects=(), build="test",
    )  # fmt: skip
    await journal.append([*lines, last], row_after(last, stage=Stage.CLOSED))
    assert await cells(database) == ()
    assert await fill_indicators(database, journal) == 1
    assert await fill_indicators(database, journal) == 0
    (counted,) = await cells(database)
    assert (counted.ended, counted.held, counted.minutes, counted.office) == (1, 1, 1, state_of(lines).office)


async def test_nothing_of_it_names_anybody(database: Database, keys: KeysPostgres, journal: JournalPostgres) -> None:
    await end(keys, journal)
    rows = await database.rows("SELECT to_jsonb(i)::text AS said FROM indicators i")
    assert CANARY not in rows[0]["said"]
