"""An empty database, a key store and a vault for every test, and a signer, on the real servers of the session."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import asyncpg
import pytest
from mypy_boto3_s3 import S3Client

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.migrate import migrate
from adapters.signing.pyhanko import SignerPyhanko
from adapters.storage.vault import VaultS3, s3_client
from deploy.stack import Stack
from domain.ids import ProcedureId
from settings import Settings
from tests.adapters.certificates import Authority, Seat, open_authority, seat
from tests.adapters.visits import HOLDERS, Visit, visiting


@pytest.fixture(scope="session")
def server_url(servers: Stack, settings: Settings) -> str:
    """The PostgreSQL server, up to the last slash of its address."""
    servers.need("postgres")
    return settings.database_url.rpartition("/")[0]


@pytest.fixture(scope="session")
def database_url(server_url: str) -> str:
    """A database of these tests, with all migrations."""
    name = f"adapters_{secrets.token_hex(4)}"

    async def make() -> None:
        await on_server(server_url, f"CREATE DATABASE {name}")
        async with Database.connect(f"{server_url}/{name}", connections=1) as database:
            await migrate(database)

    asyncio.run(make())
    return f"{server_url}/{name}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """That database, empty."""
    async with Database.connect(database_url) as database:
        async with database.transaction() as connection:
            # As a replica, whose triggers sleep: nobody else can empty tables that refuse to forget.
            await connection.execute("SET LOCAL session_replication_role = replica")
            for row in await connection.fetch(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations'"
            ):
                await connection.execute(f"DELETE FROM {row['tablename']}")  # noqa: S608
        yield database


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing(secrets.token_bytes(32))


@pytest.fixture
def keys(database: Database, ring: KeyRing) -> KeysPostgres:
    return KeysPostgres(database, ring)


@pytest.fixture
async def procedure(keys: KeysPostgres) -> ProcedureId:
    """A procedure that has its keys and nothing else."""
    return await new_procedure(keys)


@pytest.fixture(scope="session")
def s3(servers: Stack, settings: Settings) -> Iterator[S3Client]:
    """The object store as its operator has it: every right, and none of our keys."""
    servers.need("s3")
    secret = settings.s3_secret_key.get_secret_value()
    client = s3_client(settings.s3_endpoint, settings.s3_region, settings.s3_access_key, secret)
    yield client
    client.close()


@pytest.fixture
def vault_s3(s3: S3Client, settings: Settings, keys: KeysPostgres) -> VaultS3:
    return VaultS3(s3, settings.s3_bucket, timedelta(days=settings.object_lock_days), keys)


ORDERED = ("Archivo Judicial de Atlantia", "Acuerdo 12/2026 de la Junta de Expurgo")
"""By whom and why what these tests destroy is destroyed."""


async def new_procedure(keys: KeysPostgres) -> ProcedureId:
    procedure = ProcedureId(f"prc_{secrets.token_hex(16)}")
    await keys.create(procedure)
    return procedure


async def on_server(server_url: str, statement: str) -> None:
    connection = await asyncpg.connect(f"{server_url}/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def pki(servers: Stack, settings: Settings) -> Settings:
    servers.need("pki")
    return settings


@pytest.fixture
async def signer(pki: Settings) -> AsyncIterator[SignerPyhanko]:
    signer = SignerPyhanko(pki.pki_dir, pki.tsa_url, ocsp_url=pki.ocsp_url)
    yield signer
    await signer.close()


@pytest.fixture(scope="session")
def persons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """The authority of certificates of persons, with one of each kind."""
    with open_authority(tmp_path_factory.mktemp("persons"), *HOLDERS) as opened:
        yield opened


@pytest.fixture(scope="session")
def listener(tmp_path_factory: pytest.TempPathFactory, persons: Authority) -> Seat:
    return seat(tmp_path_factory.mktemp("listener"), persons)


@pytest.fixture
def visit(listener: Seat) -> Visit:
    return visiting(listener)
