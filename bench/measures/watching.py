"""A courtroom with a stopwatch: when each thing was asked and answered; nobody asks just to see whether it is done."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from temporalio.client import WorkflowHandle

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.register import RegisterPostgres
from bench.installation import House
from bench.measures.history import Span
from bench.real_room import PATIENCE_SECONDS, RealRoom
from domain.access.register import RegisterChange
from domain.commands import Command, Receipt
from domain.ids import ProcedureId, workflow_id
from domain.procedure.documents import DocumentRef
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from workflows.engine.messages import HoldProcedure
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT
from workflows.families import WORKFLOWS

A_MOMENT = 0.01
NOBODY_IS_LOOKED_FOR = b""
"""The key of names, for a register in which none is searched."""


class Stages:
    """Where every procedure stands, as the register tells whoever listens."""

    def __init__(self) -> None:
        self._at: dict[str, Stage] = {}
        self._moved = asyncio.Condition()

    async def follow(self, register: RegisterPostgres, listening: asyncio.Event) -> None:
        """Listen until cancelled; `listening` is set once nothing can be missed any more."""
        async for change in register.listen():
            listening.set()
            if isinstance(change, RegisterChange):
                async with self._moved:
                    self._at[change.procedure] = change.stage
                    self._moved.notify_all()

    async def reached(self, procedure: str, stages: tuple[Stage, ...]) -> None:
        async with self._moved, asyncio.timeout(PATIENCE_SECONDS):
            await self._moved.wait_for(lambda: self._at.get(procedure) in stages)


@asynccontextmanager
async def watching(house: House) -> AsyncIterator[Stages]:
    """Stages that are followed for the length of the block."""
    settings = house.settings
    async with Database.connect(settings.database_url) as database:
        keys = KeysPostgres(database, KeyRing.read(settings.master_key_file))
        register = RegisterPostgres(database, keys, house.installation.journal, NOBODY_IS_LOOKED_FOR)
        stages, listening = Stages(), asyncio.Event()
        following = asyncio.create_task(stages.follow(register, listening))
        try:
            await listening.wait()
            yield stages
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following


class WatchedRoom(RealRoom):
    """One procedure, with a span for every act and upload."""

    def __init__(self, handle: WorkflowHandle[Any, Any], house: House, stages: Stages, started: Span) -> None:
        super().__init__(handle, house.installation, house.settings.sms_outbox_dir)
        self._vault = house.installation.vault
        self._stages = stages
        self.id = ProcedureId(handle.id.removeprefix(workflow_id(ProcedureId(""))))
        self.spans: list[Span] = [started]
        self.answers: dict[str, list[float]] = {}
        """Seconds from asking to the answer, by command."""

    @classmethod
    async def open(cls, house: House, stages: Stages, type_id: str, id: str) -> "WatchedRoom":
        """Start the procedure; its own start is the first thing on the watch."""
        asked = house.asked(type_id, id)
        since = time.time()
        handle = await house.client.start_workflow(
            WORKFLOWS[asked.resolved_type.procedure.family].run,
            HoldProcedure(request=asked),
            id=workflow_id(asked.id),
            task_queue=PROCEDURES,
            task_timeout=TASK_TIMEOUT,
        )
        return cls(handle, house, stages, (since, time.time()))

    async def perform(self, command: Command) -> Receipt:
        since = time.time()
        receipt = await super().perform(command)
        until = time.time()
        self.spans.append((since, until))
        self.answers.setdefault(command.update, []).append(until - since)
        return receipt

    async def upload(self, content: bytes) -> DocumentRef:
        since = time.time()
        kept = await self._vault.put(self.id, content, "application/pdf")
        self.spans.append((since, time.time()))
        return kept

    async def reaches(self, *stages: Stage) -> Procedure:
        await self._stages.reached(self.id, stages)
        # The register is written a moment before the workflow hears that it is.
        while (procedure := await self.procedure()).stage not in stages:  # noqa: ASYNC110 - it moves in another process
            await asyncio.sleep(A_MOMENT)
        return procedure
