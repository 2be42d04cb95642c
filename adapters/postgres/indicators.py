"""Indicators from the table that the journal's writer fills as procedures end.

`python -m adapters.postgres.indicators` counts those that ended before there was that table, from their journals. It
may be stopped and repeated, and runs beside processes that work.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from domain.access.indicators import Cell, Seats
from domain.codes.key_files import keys_in
from domain.codes.name_tokens import name_key
from domain.errors import PersonMustAct
from domain.events import state_of
from domain.ids import AdministrationId, ProcedureId
from domain.journal.measured import Step, as_record, measured
from domain.ports.journal import Journal

CHUNK = 200

_CELL = """date_trunc('month', ended_at AT TIME ZONE $4)::date AS month, office, type, privacy,
       coalesce(requested_at < ($5::jsonb->>type)::timestamptz, false) AS pilot"""
_WHICH = "administration = $1 AND ended_at >= $2::timestamptz AND ended_at < $3::timestamptz"

CELLS = f"""
SELECT {_CELL}, count(*) AS ended, count(*) FILTER (WHERE held) AS held,
       count(*) FILTER (WHERE step = 'summons') AS at_summons, count(*) FILTER (WHERE step = 'arrival') AS at_arrival,
       count(*) FILTER (WHERE step = 'session') AS at_session, count(*) FILTER (WHERE step = 'minutes') AS at_minutes,
       count(*) FILTER (WHERE interruptions > 0) AS interrupted, sum(interruptions) AS interruptions,
       count(sealed_at) AS minutes, coalesce(sum(extract(epoch FROM sealed_at - requested_at)), 0) AS seconds
FROM indicators WHERE {_WHICH} GROUP BY 1, 2, 3, 4, 5
"""  # noqa: S608 - constants of this module
SEATS = f"""
SELECT {_CELL}, place, body, count(*) AS people
FROM indicators CROSS JOIN unnest(places) AS place WHERE {_WHICH} GROUP BY 1, 2, 3, 4, 5, 6, 7
"""  # noqa: S608

Key = tuple[Any, ...]


class IndicatorsPostgres:
    """`Indicators` over the table of that name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cells(
        self, administration: AdministrationId, since: str, until: str, zone: str, pilots: Mapping[str, str]
    ) -> tuple[Cell, ...]:
        ends = {type: _midnight(date.fromisoformat(day) + timedelta(days=1), zone) for type, day in pilots.items()}
        values = (
            administration,
            _midnight(_first(since), zone),
            _midnight((_first(until) + timedelta(days=31)).replace(day=1), zone),
            zone,
            {type: end.isoformat() for type, end in ends.items()},
        )
        seats: dict[Key, list[Seats]] = {}
        for row in await self._database.rows(SEATS, *values):
            seats.setdefault(_key(row), []).append(Seats.model_validate(dict(row)))
        return tuple(_cell(row, seats.get(_key(row), ())) for row in await self._database.rows(CELLS, *values))


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _key(row: asyncpg.Record) -> Key:
    return tuple(row[name] for name in ("month", "office", "type", "privacy", "pilot"))


def _cell(row: asyncpg.Record, seats: Iterable[Seats]) -> Cell:
    said = dict(row)
    abandoned = {step: said.pop(f"at_{step.value}") for step in Step}
    month = f"{said.pop('month'):%Y-%m}"
    return Cell.model_validate({**said, "month": month, "abandoned": abandoned, "seats": tuple(seats)})


async def fill_indicators(database: Database, journal: Journal) -> int:
    """Count every procedure that has ended and is not counted; of how many. What was erased cannot be."""
    written, last = 0, ""
    while rows := await database.rows(
        "SELECT procedure FROM register r WHERE procedure > $1 AND stage IN ('closed', 'cancelled', 'no_show')"
        " AND NOT EXISTS (SELECT FROM indicators i WHERE i.procedure = r.procedure) ORDER BY procedure LIMIT $2",
        last,
        CHUNK,
    ):
        for row in rows:
            written += await _fill(database, journal, row["procedure"])
        last = rows[-1]["procedure"]
    return written


async def _fill(database: Database, journal: Journal, procedure: ProcedureId) -> int:
    try:
        entries = await journal.read(procedure)
    except PersonMustAct as trouble:
        if trouble.code != "content_erased":
            raise
        return 0
    if (ended := measured(state_of(entries))) is None:
        return 0
    return await database.execute(
        "INSERT INTO indicators SELECT (jsonb_populate_record(NULL::indicators, $2::jsonb || jsonb_build_object("
        "'requested_at', line::jsonb->>'at'))).* FROM journal WHERE procedure = $1 AND seq = 0 ON CONFLICT DO NOTHING",
        procedure,
        as_record(ended),
    )


async def main() -> None:
    # Read here alone: as a library, this module is given its database and its keys.
    from settings import CasesSettings

    settings = CasesSettings()
    async with Database.connect(settings.database_url, connections=1) as database:
        key = name_key(keys_in(settings.token_key_file.read_bytes())[0])
        keys = KeysPostgres(database, KeyRing.read(settings.master_key_file))
        written = await fill_indicators(database, JournalPostgres(database, keys, key))
    print(f"{written} procedures are now counted")  # noqa: T201 - a command-line program


if __name__ == "__main__":
    asyncio.run(main())
