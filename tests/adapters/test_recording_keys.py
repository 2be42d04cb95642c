"""A recording has a key of its own: it is erased alone, and with its procedure; older ones play as they were sealed."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from mypy_boto3_s3 import S3Client

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.key_custody import main, parser
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.recording_keys import ErasuresPostgres, RecordingKeys
from adapters.storage.vault import VaultS3
from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from settings import Settings
from tests.adapters.conftest import ORDERED, new_procedure


@pytest.fixture
def recordings(database: Database, ring: KeyRing, keys: KeysPostgres) -> RecordingKeys:
    return RecordingKeys(database, ring, keys)


async def refused(code: str, keys: KeysPostgres | RecordingKeys, procedure: ProcedureId, sealed: bytes) -> None:
    with pytest.raises(PersonMustAct, match=code):
        await keys.decrypt(procedure, sealed)


async def test_the_key_of_the_procedure_does_not_open_its_recording(
    keys: KeysPostgres, recordings: RecordingKeys, procedure: ProcedureId
) -> None:
    sealed = await recordings.encrypt(procedure, b"voice")
    assert await recordings.decrypt(procedure, sealed) == b"voice"
    await refused("content_altered", keys, procedure, sealed)
    await refused("content_altered", recordings, await new_procedure(keys), await keys.encrypt(procedure, b"x"))


async def test_a_recording_is_erased_and_the_rest_of_its_procedure_stays(
    database: Database, ring: KeyRing, keys: KeysPostgres, recordings: RecordingKeys, procedure: ProcedureId
) -> None:
    voice, minutes = await recordings.encrypt(procedure, b"voice"), await keys.encrypt(procedure, b"minutes")
    await recordings.destroy(procedure, *ORDERED)
    fresh = RecordingKeys(database, ring, KeysPostgres(database, ring))
    await refused("content_erased", fresh, procedure, voice)
    told = await ErasuresPostgres(database).of_recording(procedure)
    assert told is not None and (told.by, told.why) == ORDERED
    with pytest.raises(PersonMustAct, match="content_erased"):
        await fresh.encrypt(procedure, b"more")
    assert await keys.decrypt(procedure, minutes) == b"minutes"


async def test_who_erases_a_procedure_erases_its_recording_and_none_is_begun_after(
    database: Database, ring: KeyRing, keys: KeysPostgres, recordings: RecordingKeys, procedure: ProcedureId
) -> None:
    voice = await recordings.encrypt(procedure, b"voice")
    unrecorded = await new_procedure(keys)
    for one in (procedure, unrecorded):
        await keys.destroy(one, *ORDERED)
    fresh = RecordingKeys(database, ring, KeysPostgres(database, ring))
    await refused("content_erased", fresh, procedure, voice)
    with pytest.raises(PersonMustAct, match="content_erased"):
        await fresh.encrypt(unrecorded, b"voice")


async def test_what_was_recorded_before_it_had_a_key_of_its_own_still_plays(
    keys: KeysPostgres, recordings: RecordingKeys, procedure: ProcedureId
) -> None:
    older = await keys.encrypt(procedure, b"voice of an earlier version")
    newer = await recordings.encrypt(procedure, b"voice")
    assert await recordings.decrypt(procedure, older) == b"voice of an earlier version"
    assert await recordings.decrypt(procedure, newer) == b"voice"


async def test_in_the_store_the_recording_is_gone_and_the_papers_are_not(
    s3: S3Client, settings: Settings, database: Database, ring: KeyRing, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    kept = VaultS3(s3, settings.s3_bucket, timedelta(days=settings.object_lock_days), keys)
    segments = kept.under(RecordingKeys(database, ring, keys))
    segment, paper = await segments.put(procedure, b"voice", "video/webm"), await kept.put(procedure, b"paper", "x/y")
    assert await segments.get(procedure, segment) == b"voice"
    await RecordingKeys(database, ring, keys).destroy(procedure, *ORDERED)
    later = kept.under(RecordingKeys(database, ring, keys))
    with pytest.raises(PersonMustAct, match="content_erased"):
        await later.get(procedure, segment)
    assert await kept.get(procedure, paper) == b"paper"


async def test_whoever_keeps_the_keys_destroys_and_rotates_those_of_recordings_too(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    keys = KeysPostgres(database, KeyRing(old))
    recordings = RecordingKeys(database, KeyRing(old), keys)
    gone, other, silent = [await new_procedure(keys) for _ in range(3)]
    sealed = {one: await recordings.encrypt(one, b"voice") for one in (gone, other)}
    (master := tmp_path / "master").write_bytes(new + old)

    async def order(*words: str) -> str:
        return await main(parser().parse_args(words), database_url, master)

    ordered = ("--by", ORDERED[0], "--why", ORDERED[1])
    with pytest.raises(SystemExit, match="Nothing was destroyed"):
        await order("destroy-recording", gone, "--again", other, *ordered)
    for unsaid in ((), ("--by", ORDERED[0]), ("--by", ORDERED[0], "--why", " ")):
        with pytest.raises(SystemExit, match="2"):
            await order("destroy-recording", gone, "--again", gone, *unsaid)
    erasures = ErasuresPostgres(database)
    assert await erasures.of_recording(gone) is None
    assert "recording" in await order("destroy-recording", gone, "--again", gone, *ordered)
    told = await erasures.of_recording(gone)
    assert told is not None and (told.by, told.why) == ORDERED
    with pytest.raises(PersonMustAct, match="key_missing"):
        await order("destroy-recording", silent, "--again", silent, *ordered)
    assert await order("rotate") == "4 keys wrapped"
    fresh = KeysPostgres(database, KeyRing(new))
    after = RecordingKeys(database, KeyRing(new), fresh)
    await refused("content_erased", after, gone, sealed[gone])
    assert await after.decrypt(other, sealed[other]) == b"voice"
    assert await fresh.seed(gone)
