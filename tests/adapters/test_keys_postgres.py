"""The key store against a real PostgreSQL: made once, wrapped, rotated, destroyed for ever."""

import asyncio
import secrets
from pathlib import Path

import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.key_custody import main, parser
from adapters.postgres.keys import KeysPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from tests.adapters.conftest import ORDERED, new_procedure


async def test_what_was_encrypted_is_decrypted_by_another_process(
    database: Database, ring: KeyRing, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    sealed = await keys.encrypt(procedure, b"declaration")
    assert b"declaration" not in sealed
    assert await KeysPostgres(database, ring).decrypt(procedure, sealed) == b"declaration"


async def test_creating_again_keeps_the_first_keys(
    database: Database, ring: KeyRing, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    seed, sealed = await keys.seed(procedure), await keys.encrypt(procedure, b"x")
    await asyncio.gather(*[keys.create(procedure) for _ in range(5)])
    again = KeysPostgres(database, ring)
    assert (await again.seed(procedure), await again.decrypt(procedure, sealed)) == (seed, b"x")


async def test_every_procedure_has_keys_of_its_own(keys: KeysPostgres, procedure: ProcedureId) -> None:
    other = await new_procedure(keys)
    assert await keys.seed(procedure) != await keys.seed(other)
    with pytest.raises(PersonMustAct, match="content_altered"):
        await keys.decrypt(other, await keys.encrypt(procedure, b"x"))


@pytest.mark.parametrize("place", [0, 12, -1])
async def test_one_changed_byte_is_noticed(keys: KeysPostgres, procedure: ProcedureId, place: int) -> None:
    sealed = bytearray(await keys.encrypt(procedure, b"testimony"))
    sealed[place] ^= 1
    with pytest.raises(PersonMustAct, match="content_altered"):
        await keys.decrypt(procedure, bytes(sealed))


async def test_what_is_too_short_to_be_ours_is_noticed(keys: KeysPostgres, procedure: ProcedureId) -> None:
    for sealed in (b"", b"short", bytes(20)):
        with pytest.raises(PersonMustAct, match="content_altered"):
            await keys.decrypt(procedure, sealed)


async def test_destroyed_keys_cannot_be_used_nor_made_again(
    database: Database, ring: KeyRing, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    sealed = await keys.encrypt(procedure, b"x")
    await keys.destroy(procedure, *ORDERED)
    await keys.destroy(procedure, *ORDERED)
    await keys.create(procedure)
    for store in (keys, KeysPostgres(database, ring)):
        with pytest.raises(PersonMustAct, match="content_erased"):
            await store.decrypt(procedure, sealed)
        with pytest.raises(PersonMustAct, match="content_erased"):
            await store.seed(procedure)
    row = await database.row("SELECT wrapped, destroyed_at FROM procedure_keys WHERE procedure = $1", procedure)
    assert row is not None
    assert row["wrapped"] is None
    assert row["destroyed_at"] is not None


async def test_a_procedure_that_was_never_given_keys_is_named(keys: KeysPostgres) -> None:
    with pytest.raises(PersonMustAct, match="key_missing") as refused:
        await keys.encrypt(ProcedureId("prc_none"), b"x")
    assert refused.value.params == {"procedure": "prc_none"}


async def test_keys_that_changed_rows_do_not_open(
    database: Database, ring: KeyRing, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    other = await new_procedure(keys)
    await database.execute(
        "UPDATE procedure_keys SET wrapped = (SELECT wrapped FROM procedure_keys WHERE procedure = $1)"
        " WHERE procedure = $2",
        procedure,
        other,
    )
    with pytest.raises(PersonMustAct, match="content_altered"):
        await KeysPostgres(database, ring).seed(other)


async def test_the_master_key_is_rotated_without_losing_anything(database: Database) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    before = KeysPostgres(database, KeyRing(old))
    procedures = [await new_procedure(before) for _ in range(3)]
    sealed = [await before.encrypt(procedure, b"kept") for procedure in procedures]
    both = KeysPostgres(database, KeyRing(new + old))
    assert await both.decrypt(procedures[0], sealed[0]) == b"kept"
    assert [await both.rewrap(limit=2), await both.rewrap(limit=2), await both.rewrap(limit=2)] == [2, 1, 0]
    after = KeysPostgres(database, KeyRing(new))
    assert [await after.decrypt(p, s) for p, s in zip(procedures, sealed, strict=True)] == [b"kept"] * 3
    with pytest.raises(PersonMustAct, match="unknown_key"):
        await KeysPostgres(database, KeyRing(old)).seed(procedures[0])


async def test_whoever_keeps_the_keys_rotates_them_by_one_order(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    for _ in range(3):
        await new_procedure(KeysPostgres(database, KeyRing(old)))
    (master := tmp_path / "master").write_bytes(new + old)
    assert await main(parser().parse_args(["rotate"]), database_url, master) == "3 keys wrapped"
    assert await main(parser().parse_args(["rotate"]), database_url, master) == "0 keys wrapped"


async def test_whoever_keeps_the_keys_destroys_one_only_when_named_twice(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    (master := tmp_path / "master").write_bytes(secrets.token_bytes(32))
    keys = KeysPostgres(database, KeyRing.read(master))
    gone, other = await new_procedure(keys), await new_procedure(keys)
    ordered = ("--by", ORDERED[0], "--why", ORDERED[1])
    with pytest.raises(SystemExit, match="Nothing was destroyed"):
        await main(parser().parse_args(["destroy", gone, "--again", other, *ordered]), database_url, master)
    await main(parser().parse_args(["destroy", gone, "--again", gone, *ordered]), database_url, master)
    row = await database.row("SELECT destroyed_by, destroyed_why FROM procedure_keys WHERE procedure = $1", gone)
    assert row and (row["destroyed_by"], row["destroyed_why"]) == ORDERED
    after = KeysPostgres(database, KeyRing.read(master))
    with pytest.raises(PersonMustAct, match="content_erased"):
        await after.seed(gone)
    assert await after.seed(other)


async def test_a_large_document_is_encrypted_beside_the_event_loop(keys: KeysPostgres, procedure: ProcedureId) -> None:
    scan = bytes(3 << 20)
    assert await keys.decrypt(procedure, await keys.encrypt(procedure, scan)) == scan


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_a_key_file_with_half_a_key_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes a key"):
        KeyRing(content)


def test_something_sealed_for_one_purpose_does_not_open_for_another(ring: KeyRing) -> None:
    sealed = ring.seal(b"x", "one")
    assert ring.open(ring.current, sealed, "one") == b"x"
    with pytest.raises(PersonMustAct, match="content_altered"):
        ring.open(ring.current, sealed, "another")


async def test_keys_of_many_are_looked_up_at_once_and_a_destroyed_one_stays_refused(
    database: Database, ring: KeyRing
) -> None:
    keys = KeysPostgres(database, ring)
    kept = [await new_procedure(keys) for _ in range(5)]
    sealed = {procedure: await keys.encrypt(procedure, b"clear") for procedure in kept}
    await keys.destroy(kept[0], *ORDERED)
    fresh = KeysPostgres(database, ring)
    await fresh.fetch([*kept, ProcedureId("prc_none")])

    # Destroyed behind its back: what it still opens it opens with what it had fetched.
    for procedure in kept[1:]:
        await keys.destroy(procedure, *ORDERED)
    assert [await fresh.decrypt(procedure, sealed[procedure]) for procedure in kept[1:]] == [b"clear"] * 4
    with pytest.raises(PersonMustAct, match="content_erased"):
        await fresh.decrypt(kept[0], sealed[kept[0]])
