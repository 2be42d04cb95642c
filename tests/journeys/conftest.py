"""Journeys: real engine, database, store, chain, mailbox and PKI, real workers in their own processes."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client
from temporalio.worker import Worker

import agenda_types
import procedure_types
from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.accounts_postgres import AccountsPostgres
from adapters.database import Database
from adapters.memory import MemoryRooms
from adapters.wiring import anchor_address, open_installation, temporal_client
from bench.casting import request
from bench.checker import Checker
from bench.real_room import RealRoom
from deploy.stack import Stack
from domain.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.installation import Installation
from domain.procedure_type import ResolvedType
from domain.vocabulary import Side, StaffRole
from settings import Settings
from tests.conftest import settings_of
from workflows.queues import ROOMS

ATLANTIA = AdministrationId("atlantia")


@dataclass
class House:
    """A real installation without its worker processes: each test brings its own."""

    stack: Stack
    settings: Settings
    installation: Installation
    client: Client
    types: dict[str, ResolvedType]

    async def summon(self, type_id: str, id: str) -> RealRoom:
        resolved = self.types[type_id]
        accounts = {role.code: f"acc_{role.code}" for role in resolved.procedure.roles if role.side is Side.AUTHORITY}
        asked = request(
            resolved,
            self.installation.administrations[ATLANTIA],
            id=id,
            scheduled_at=datetime.now(UTC) + timedelta(minutes=10),
            accounts=accounts,
        )
        return await RealRoom.summon(self.client, self.installation, self.settings.sms_outbox_dir, asked)

    @property
    def checker(self) -> Checker:
        return Checker(
            self.installation, self.stack.var / "mail", self.settings.evm_rpc_url, anchor_address(self.settings)
        )


@pytest.fixture(scope="session")
def prepared(servers: Stack) -> Stack:
    """The session's servers with schema and contract."""
    servers.need("postgres", "s3", "temporal", "anvil", "mailbox", "pki")
    servers.prepare()
    return servers


@asynccontextmanager
async def open_house(stack: Stack) -> AsyncIterator[House]:
    """Ports, client, staff, and a rooms worker whose media are in memory."""
    settings = settings_of(stack)
    items = agenda_types.load()
    types = {id: procedure_types.resolve(kind, items) for id, kind in procedure_types.load().items()}
    client = await temporal_client(settings)
    async with open_installation(settings) as installation:
        await employ(settings)
        rooms = Worker(
            client,
            task_queue=ROOMS,
            activities=room_acts(installation, MemoryRooms()),
            interceptors=[TypedFailures(), Pulse()],
        )
        async with rooms:
            yield House(stack, settings, installation, client, types)


async def employ(settings: Settings) -> None:
    """Staff for every authority's role, each with a certificate of the local PKI."""
    async with Database.connect(settings.database_url) as database:
        staff = AccountsPostgres(database)
        for role in ("clerk", "judge", "registrar", "jurist"):
            account = Account(
                id=AccountId(f"acc_{role}"),
                administration=ATLANTIA,
                name=f"Titular de {role}",
                email=f"{role}@justicia.example",
                roles=(StaffRole.CLERK,),
                certificate="laj-1",
            )
            await staff.create(account, f"journey-{role}", "una contraseña larga y propia")


@pytest.fixture
async def house(prepared: Stack) -> AsyncIterator[House]:
    async with open_house(prepared) as opened:
        yield opened


class WorkerProcess:
    """A worker in its own process, started again whenever it dies: what a supervisor does."""

    def __init__(self, stack: Stack, *module: str) -> None:
        self._environment = {**os.environ, **stack.env}
        self._module = module or ("worker.py",)
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path(stack.var) / "worker-of-journeys.log"

    def start(self, **extra: str) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._module], env={**self._environment, **extra}, stdout=log, stderr=log
            )

    def died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@pytest.fixture
def worker(prepared: Stack) -> Iterator[WorkerProcess]:
    process = WorkerProcess(prepared)
    process.start()
    yield process
    process.kill()


async def until_dead(process: WorkerProcess, seconds: float) -> bool:
    """Wait for the process to kill itself; False when it did not."""
    for _ in range(int(seconds * 20)):
        if process.died():
            return True
        await asyncio.sleep(0.05)
    return False
