"""Brings the database to the shape that this version expects: plain SQL files, in order, each applied once for ever.

A file that was applied must never change: its SHA-256 is compared at every start. To change a table, add a file.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from adapters.postgres.database import Database
from domain.errors import PersonMustAct

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{3})_[a-z_]+\.sql")
_LOCK = 0x657374726164  # the letters of `estrad`: any number that nobody else locks


@dataclass(frozen=True)
class Migration:
    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files of `folder` by number. Raises `ValueError` for a misnamed file or a number used twice."""
    found: dict[int, Migration] = {}
    for path in sorted(folder.glob("*.sql")):
        name = _NAME.fullmatch(path.name)
        if not name or int(name[1]) in found:
            raise ValueError(f"{path.name}: expected NNN_words.sql, with a number of its own")
        found[int(name[1])] = Migration(int(name[1]), path.name, path.read_text(encoding="utf-8"))
    return list(found.values())


async def migrate(database: Database, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing and return its names. Several processes may do so at once; one works, others wait.

    Raises `PersonMustAct('migration_changed')` when a file is not what was applied. Files of a later version that
    this one does not know are left alone, so that the version before can run again after a deployment went wrong.
    """
    applied = []
    async with database.own_connection() as connection:
        # Held by the connection, not by a transaction: each file commits by itself.
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK, timeout=None)
        await connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number integer PRIMARY KEY, name text NOT NULL,"
            " sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())"
        )
        known = {row["number"]: row["sha256"] for row in await connection.fetch("TABLE schema_migrations")}
        for migration in migrations(folder):
            if migration.number not in known:
                await _apply(connection, migration)
                applied.append(migration.name)
            elif known[migration.number] != migration.sha256:
                raise PersonMustAct("migration_changed", name=migration.name)
    return applied


async def _apply(connection: "asyncpg.Connection[asyncpg.Record]", migration: Migration) -> None:
    async with connection.transaction():
        await connection.execute(migration.sql, timeout=None)
        await connection.execute(
            "INSERT INTO schema_migrations (number, name, sha256) VALUES ($1, $2, $3)",
            migration.number,
            migration.name,
            migration.sha256,
        )


async def main(database_url: str) -> None:
    async with Database.connect(database_url, connections=1) as database:
        applied = await migrate(database)
    for name in applied or ["nothing to apply"]:
        print(name)  # noqa: T201 - a command-line program


if __name__ == "__main__":
    # Read here alone: as a library, this module is given its database.
    from settings import EngineSettings

    asyncio.run(main(EngineSettings().database_url))
