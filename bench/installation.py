"""A real installation outside any supervisor of ours: its ports, its staff, its rooms, and a worker to kill at will.

For benchmarks, the demonstration and the journeys' tests. Media are in memory: nobody here looks through a camera.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.client import Client
from temporalio.worker import Worker

import agenda_types
import procedure_types
from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.memory import MemoryRecorder, MemoryRooms
from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.wiring import anchor_address, open_installation, temporal_client
from bench.checker import Checker
from bench.real_room import RealRoom
from deploy.place import PROJECT
from deploy.plan import SERVERS
from deploy.stack import Stack
from domain.access.accounts import Account
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, AdministrationId
from domain.installation import Installation
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Side, StaffRole
from rehearsal.casting import request
from settings import Settings
from workflows.engine.queues import ROOMS

ATLANTIA = AdministrationId("atlantia")
SECONDS_TO_SERVE = 60
BETWEEN_LOOKS = 0.005


@dataclass
class House:
    """A real installation without its worker processes: whoever opens it brings them."""

    stack: Stack
    settings: Settings
    installation: Installation
    client: Client
    types: dict[str, ResolvedType]
    media: MemoryRooms
    """What the cameras of people show."""

    def asked(self, type_id: str, id: str, besides: tuple[str, ...] = ()) -> ProcedureRequested:
        """A request for a procedure of that type, with staff of this house for every authority's role.

        `besides`: roles of people who come although nobody has to.
        """
        resolved = self.types[type_id]
        accounts = {role.code: f"acc_{role.code}" for role in resolved.procedure.roles if role.side is Side.AUTHORITY}
        asked = request(
            resolved,
            self.installation.administrations[ATLANTIA],
            id=id,
            scheduled_at=datetime.now(UTC) + timedelta(minutes=10),
            accounts=accounts,
            besides=besides,
        )
        return with_staff(asked)

    async def summon(self, type_id: str, id: str, besides: tuple[str, ...] = ()) -> RealRoom:
        asked = self.asked(type_id, id, besides)
        return await RealRoom.summon(self.client, self.installation, self.settings.sms_outbox_dir, asked)

    @property
    def checker(self) -> Checker:
        return Checker(
            self.installation, self.stack.var / "mail", self.settings.evm_rpc_url, anchor_address(self.settings)
        )


def prepare(stack: Stack, *, people: bool = False) -> None:
    """Servers, schema and contract. `people`: also those with logins; a house employs staff of its own."""
    stack.need(*SERVERS)
    stack.prepare(people=people)


@asynccontextmanager
async def open_house(stack: Stack) -> AsyncIterator[House]:
    """Ports, client, staff, and a rooms worker whose media are in memory."""
    settings = settings_of(stack)
    items = agenda_types.load()
    types = {id: procedure_types.resolve(kind, items) for id, kind in procedure_types.load().items()}
    client = await temporal_client(settings)
    async with open_installation(settings) as installation:
        await employ(settings)
        media = MemoryRooms()
        rooms = Worker(
            client,
            task_queue=ROOMS,
            activities=room_acts(installation, media, MemoryRecorder(installation.recordings)),
            interceptors=[TypedFailures(), Pulse()],
        )
        async with rooms:
            yield House(stack, settings, installation, client, types, media)


STAFF = {
    "clerk": ("Iria Outeiro Barral", "iria-outeiro"),
    "judge": ("Sabela Rial Figueira", "sabela-rial"),
    "registrar": ("Uxía Carballo Souto", "uxia-carballo"),
    "jurist": ("Noa Ferreiro Pena", "noa-ferreiro"),
    "mediator": ("Olalla Varela Gómez", "olalla-varela"),
    "official": ("Uxía Carballo Souto", "uxia-carballo"),
    "presiding": ("Sabela Rial Figueira", "sabela-rial"),
    "chair": ("Noa Ferreiro Pena", "noa-ferreiro"),
    "secretary": ("Iria Outeiro Barral", "iria-outeiro"),
}
"""Whoever has each role of the authority, and the certificate of the local PKI in their name."""


async def employ(settings: Settings) -> None:
    """Staff for every authority's role, each with a certificate of their own."""
    async with Database.connect(settings.database_url) as database:
        staff = AccountsPostgres(database)
        for role, (name, certificate) in STAFF.items():
            account = Account(
                id=AccountId(f"acc_{role}"),
                administration=ATLANTIA,
                name=name,
                email=f"{role}@justicia.example",
                roles=(StaffRole.CLERK, StaffRole.OFFICIAL),
                certificate=certificate,
            )
            await staff.create(account, f"journey-{role}", "una contraseña larga y propia")


def with_staff(asked: ProcedureRequested) -> ProcedureRequested:
    """The request with the names of the staff who sit there: they sign in those."""
    people = tuple(one.but(name=STAFF[one.role][0]) if one.account else one for one in asked.participants)
    return asked.but(participants=people)


def settings_of(stack: Stack) -> Settings:
    """The settings that every process of that stack would read."""
    values = {name.removeprefix("ESTRADO_").lower(): value for name, value in stack.env.items()}
    return Settings.model_validate(values)


class WorkerProcess:
    """A worker in its own process, started again whenever it dies: what a supervisor does."""

    def __init__(self, stack: Stack, *module: str) -> None:
        self._environment = {**os.environ, **stack.env}
        self._module = module or ("worker.py",)
        self._process: subprocess.Popen[bytes] | None = None
        name = self._module[-1].removesuffix(".py")
        self._log = Path(stack.var) / f"{name}-of-journeys.log"
        self._ready = Path(stack.var) / "run" / f"{name}-of-journeys.ready"

    def start(self, **extra: str) -> None:
        self._ready.unlink(missing_ok=True)
        environment = {**self._environment, "ESTRADO_READY_FILE": os.fspath(self._ready), **extra}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._module], cwd=PROJECT, env=environment, stdout=log, stderr=log
            )

    async def serves(self) -> None:
        """Wait until the process says that it is at work; raises RuntimeError with the end of its log."""
        latest = time.monotonic() + SECONDS_TO_SERVE
        while not self._ready.exists():
            if self.died() or time.monotonic() > latest:
                raise RuntimeError(f"{self._module[-1]} does not serve\n{self._log.read_text()[-2000:]}")
            await asyncio.sleep(BETWEEN_LOOKS)

    def died(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


@asynccontextmanager
async def serving(process: WorkerProcess) -> AsyncIterator[WorkerProcess]:
    """The process at work for the length of the block, killed at its end."""
    process.start()
    try:
        await process.serves()
        yield process
    finally:
        process.kill()
