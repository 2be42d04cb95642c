"""Migrations against a real PostgreSQL: each once, all or nothing, never changed afterwards."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from adapters.postgres.database import Database
from adapters.postgres.migrate import FOLDER, migrate, migrations
from domain.errors import PersonMustAct
from tests.adapters.conftest import on_server


@pytest.fixture
async def empty(server_url: str) -> AsyncIterator[Database]:
    name = f"empty_{secrets.token_hex(4)}"
    await on_server(server_url, f"CREATE DATABASE {name}")
    async with Database.connect(f"{server_url}/{name}") as database:
        yield database
    await on_server(server_url, f"DROP DATABASE {name} WITH (FORCE)")


def folder_with(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, sql in files.items():
        (path / f"{name.removeprefix('n')}.sql").write_text(sql)
    return path


async def test_everything_is_applied_once(empty: Database) -> None:
    assert await migrate(empty) == [path.name for path in sorted(FOLDER.glob("*.sql"))]
    assert await migrate(empty) == []


async def test_processes_that_start_together_apply_each_file_once(empty: Database) -> None:
    applied = await asyncio.gather(*[migrate(empty) for _ in range(4)])
    assert sorted(len(names) for names in applied) == [0, 0, 0, len(migrations())]


async def test_a_file_that_fails_leaves_nothing_behind(empty: Database, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, n001_good="CREATE TABLE good ()", n002_bad="CREATE TABLE half (); SELECT 1/0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(empty, folder)
    tables = await empty.rows("SELECT relname FROM pg_class WHERE relname IN ('good', 'half')")
    assert [row["relname"] for row in tables] == ["good"]
    (folder / "002_bad.sql").write_text("CREATE TABLE half ()")
    assert await migrate(empty, folder) == ["002_bad.sql"]


async def test_a_file_changed_after_it_was_applied_is_named(empty: Database, tmp_path: Path) -> None:
    folder = folder_with(tmp_path, n001_words="CREATE TABLE words ()")
    await migrate(empty, folder)
    (folder / "001_words.sql").write_text("CREATE TABLE words (said text)")
    with pytest.raises(PersonMustAct, match="migration_changed") as refused:
        await migrate(empty, folder)
    assert refused.value.params == {"name": "001_words.sql"}


async def test_the_version_before_still_starts_on_a_newer_database(empty: Database, tmp_path: Path) -> None:
    newer = folder_with(tmp_path / "newer", n001_words="CREATE TABLE words ()", n002_more="CREATE TABLE more ()")
    await migrate(empty, newer)
    older = folder_with(tmp_path / "older", n001_words="CREATE TABLE words ()")
    assert await migrate(empty, older) == []


@pytest.mark.parametrize("name", ["1_short.sql", "001-dash.sql", "001_Capital.sql"])
def test_a_misnamed_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(ValueError, match="expected NNN_words"):
        migrations(tmp_path)


def test_two_files_cannot_share_a_number(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, n001_one="", n001_two="")
    with pytest.raises(ValueError, match="number of its own"):
        migrations(folder)
