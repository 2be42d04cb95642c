"""Migrations against a real PostgreSQL: each once, all or nothing, never changed afterwards."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest

from adapters.postgres.batches import BatchesPostgres
from adapters.postgres.database import Database
from adapters.postgres.migrate import FOLDER, migrate, migrations
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction
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


async def test_batches_of_before_keep_their_number_their_transaction_and_their_proof(
    empty: Database, tmp_path: Path
) -> None:
    """Of a database whose anchoring was an endless workflow: b7 is anchored, b2 was closed later and is not."""
    before = [path for path in sorted(FOLDER.glob("*.sql")) if path.name < "012"]
    await migrate(empty, folder_with(tmp_path, **{f"n{path.stem}": path.read_text() for path in before}))
    batches = BatchesPostgres(empty)
    await batches.add_leaf(ProcedureId("prc_1"), Sha256("1" * 64))
    sent = PreparedTransaction(raw="0x00", hash="0x1", nonce=22, chain_id=5, contract="0xc")
    proof = ChainProof(block_number=7, block_hash="0xb7", mined_at=datetime(2026, 11, 20, tzinfo=UTC))
    add = "INSERT INTO anchor_batches (name, root, transaction, proof, token) VALUES ($1, $2, $3, $4, $5)"
    await empty.execute(add, "b7", "7" * 64, sent.model_dump(mode="json"), proof.model_dump(mode="json"), b"token")
    await empty.execute(add, "b2", "2" * 64, sent.but(hash="0x2").model_dump(mode="json"), None, None)
    await empty.execute("UPDATE anchor_leaves SET batch = 'b7', position = 0")

    await migrate(empty)

    kept = await batches.leaf_proof(ProcedureId("prc_1"))
    assert kept is not None
    assert (kept.batch, kept.token, kept.chain) == ("b7", b"token", proof)
    left = await batches.unanchored()
    assert left is not None
    assert left.name == "b2"
    assert [one.hash for one in await batches.transactions("b2")] == ["0x2"]
    await batches.keep_token("b2", b"token")
    await batches.keep_proof("b2", proof)
    await batches.add_leaf(ProcedureId("prc_2"), Sha256("3" * 64))
    following = await batches.close_batch()
    assert following is not None
    assert following.name == "b8"


@pytest.mark.parametrize("name", ["1_short.sql", "001-dash.sql", "001_Capital.sql"])
def test_a_misnamed_file_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(ValueError, match="expected NNN_words"):
        migrations(tmp_path)


def test_two_files_cannot_share_a_number(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, n001_one="", n001_two="")
    with pytest.raises(ValueError, match="number of its own"):
        migrations(folder)
