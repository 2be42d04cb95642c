"""The vault against a real S3 server: created once, encrypted, locked, and never believed without its hash."""

import asyncio
import hashlib
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from mypy_boto3_s3 import S3Client

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from adapters.storage.vault import VaultS3, s3_client
from deploy.stack import Stack
from domain.errors import PersonMustAct, TryAgain
from domain.ids import ProcedureId, Sha256
from settings import Settings
from tests.adapters.conftest import ORDERED

PDF = "application/pdf"


@pytest.fixture
def vault(vault_s3: VaultS3) -> VaultS3:
    return vault_s3


async def test_the_same_bytes_put_twice_are_one_object(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    first, second = await vault.put(procedure, b"scan", PDF), await vault.put(procedure, b"scan", PDF)
    assert first == second
    assert len(s3.list_object_versions(Bucket=settings.s3_bucket, Prefix=first.key)["Versions"]) == 1


async def test_the_store_holds_ciphertext(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    ref = await vault.put(procedure, b"canary of a person" * 100, "text/plain")
    with s3.get_object(Bucket=settings.s3_bucket, Key=ref.key)["Body"] as body:
        assert b"canary" not in body.read()


async def test_parallel_writers_of_one_name_agree_on_one_winner(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    for round_number in range(3):
        name = f"sealed/{round_number}"
        refs = await asyncio.gather(*[vault.put_once(procedure, name, b"%d" % n, PDF) for n in range(6)])
        assert len(set(refs)) == 1
        key = refs[0].key
        assert len(s3.list_object_versions(Bucket=settings.s3_bucket, Prefix=key)["Versions"]) == 1
        assert hashlib.sha256(await vault.get(procedure, refs[0])).hexdigest() == refs[0].sha256


async def test_nobody_can_delete_or_release_a_stored_version(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    ref = await vault.put(procedure, b"evidence", PDF)
    where = {"Bucket": settings.s3_bucket, "Key": ref.key, "VersionId": ref.version_id}
    with pytest.raises(ClientError):
        s3.delete_object(**where)  # type: ignore[arg-type]
    with pytest.raises(ClientError):
        s3.put_object_retention(
            **where,  # type: ignore[arg-type]
            Retention={"Mode": "COMPLIANCE", "RetainUntilDate": datetime.now(UTC) + timedelta(minutes=1)},
        )
    retention = s3.get_object_retention(**where)["Retention"]  # type: ignore[arg-type]
    assert retention["Mode"] == "COMPLIANCE"
    assert await vault.get(procedure, ref) == b"evidence"


async def test_a_deletion_that_only_hides_the_object_does_not_lose_it(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    ref = await vault.put(procedure, b"evidence", PDF)
    s3.delete_object(Bucket=settings.s3_bucket, Key=ref.key)
    assert await vault.get(procedure, ref) == b"evidence"


class SlippingOnce(KeysPostgres):
    """Keys that are given other bytes than those that were stored, once: what a slip on the way comes to."""

    opened = 0

    async def decrypt(self, procedure: ProcedureId, sealed: bytes) -> bytes:
        self.opened += 1
        return await super().decrypt(procedure, bytes([sealed[0] ^ (self.opened == 1)]) + sealed[1:])


async def test_other_bytes_that_come_once_are_asked_for_again(
    procedure: ProcedureId, s3: S3Client, settings: Settings, database: Database, ring: KeyRing
) -> None:
    keys = SlippingOnce(database, ring)
    vault = VaultS3(s3, settings.s3_bucket, timedelta(days=1), keys)
    ref = await vault.put(procedure, b"contract", PDF)
    assert await vault.get(procedure, ref) == b"contract"
    assert keys.opened == 2


async def test_bytes_changed_in_the_store_are_recognised(
    vault: VaultS3, procedure: ProcedureId, s3: S3Client, settings: Settings
) -> None:
    ref = await vault.put(procedure, b"contract", PDF)
    changed = s3.put_object(Bucket=settings.s3_bucket, Key=ref.key, Body=b"something else entirely, and longer")
    with pytest.raises(PersonMustAct, match="content_altered"):
        await vault.get(procedure, ref.but(version_id=changed["VersionId"]))


async def test_erasure_of_the_procedure_makes_its_documents_unreadable(
    vault: VaultS3, procedure: ProcedureId, keys: KeysPostgres
) -> None:
    ref = await vault.put(procedure, b"to be forgotten", PDF)
    await keys.destroy(procedure, *ORDERED)
    with pytest.raises(PersonMustAct, match="content_erased"):
        await vault.get(procedure, ref)


async def test_a_large_scan_survives_the_round_trip(vault: VaultS3, procedure: ProcedureId) -> None:
    scan = bytes(range(256)) * (20 * 4096)
    ref = await vault.put(procedure, scan, PDF)
    assert ref.sha256 == Sha256(hashlib.sha256(scan).hexdigest())
    assert await vault.get(procedure, ref) == scan


async def test_a_store_that_does_not_answer_is_asked_again_later(
    settings: Settings, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    # The discard port: nobody listens there.
    client = s3_client("http://127.0.0.1:9", settings.s3_region, "nobody", "nothing")
    with closing(client), pytest.raises(TryAgain):
        await VaultS3(client, settings.s3_bucket, timedelta(days=1), keys).put(procedure, b"scan", PDF)


async def test_a_store_that_refuses_our_key_needs_a_person(
    servers: Stack, settings: Settings, keys: KeysPostgres, procedure: ProcedureId
) -> None:
    servers.need("s3")
    client = s3_client(settings.s3_endpoint, settings.s3_region, "stranger", "guessed")
    with closing(client), pytest.raises(PersonMustAct, match="vault_refused"):
        await VaultS3(client, settings.s3_bucket, timedelta(days=1), keys).put(procedure, b"scan", PDF)
