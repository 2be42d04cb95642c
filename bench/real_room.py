"""A courtroom over real servers: updates to the engine, PINs read from the SMS outbox, uploads into the vault."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from domain.codes.pins import pin_of, proof_of
from domain.commands import Command, Receipt
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import ParticipantId, workflow_id
from domain.installation import Installation
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.joining import joined
from workflows.engine.messages import HoldProcedure
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT
from workflows.families import WORKFLOWS
from workflows.procedure import ProcedureWorkflow

PATIENCE_SECONDS = 90
"""How long actors wait for a stage before they say that the procedure is stuck (I7: 60 s after the last fault)."""


class RealRoom:
    """One procedure on a real installation. What is asked twice with one id is one act, so it asks until answered."""

    def __init__(self, handle: WorkflowHandle[Any, Any], installation: Installation, outbox: Path) -> None:
        self.handle = handle
        self._here = installation
        self._outbox = outbox
        self.acknowledged: list[int] = []
        self.patience: float = PATIENCE_SECONDS

    @classmethod
    async def summon(
        cls, client: Client, installation: Installation, outbox: Path, asked: ProcedureRequested
    ) -> "RealRoom":
        """Start the procedure of that request."""
        handle = await client.start_workflow(
            WORKFLOWS[asked.resolved_type.procedure.family].run,
            HoldProcedure(request=asked),
            id=workflow_id(asked.id),
            task_queue=PROCEDURES,
            task_timeout=TASK_TIMEOUT,
        )
        return cls(handle, installation, outbox)

    async def perform(self, command: Command) -> Receipt:
        """Raises `Refusal`. A worker that dies meanwhile only makes it take longer."""
        while True:
            try:
                receipt: Receipt = await self.handle.execute_update(
                    command.update, command, id=command.id, result_type=Receipt
                )
            except WorkflowUpdateFailedError as error:
                cause = error.cause
                assert isinstance(cause, ApplicationError) and cause.type is not None, cause
                raise Refusal.told(cause.type, **(cause.details[0] if cause.details else {})) from error
            except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError):
                await asyncio.sleep(0.2)
            else:
                self.acknowledged.append(receipt.seq)
                return receipt

    async def procedure(self) -> Procedure:
        while True:
            try:
                return (await self.handle.query(ProcedureWorkflow.progress)).procedure
            except (RPCError, WorkflowQueryFailedError):  # nobody serves it now, or its first event is being written
                await asyncio.sleep(0.2)

    async def reaches(self, *stages: Stage) -> Procedure:
        deadline = asyncio.get_running_loop().time() + self.patience
        while asyncio.get_running_loop().time() < deadline:
            procedure = await self.procedure()
            if procedure.stage in stages:
                return procedure
            await asyncio.sleep(0.1)
        raise AssertionError(f"stuck at {procedure.stage} with trouble {procedure.trouble}, not {stages}")

    async def proof(self, challenge: str) -> str:
        """The PIN must have been sent: actors look at the outbox as a citizen looks at the telephone."""
        made = {pin_of(key, challenge) for key in self._here.pin_keys()}
        sent = [json.loads(path.read_text())["text"] for path in self._outbox.glob("*.json")]
        pin = next((pin for pin in made if any(pin in text for text in sent)), None)
        assert pin is not None, "the PIN was not sent"
        return proof_of(self._here.pin_keys()[0], challenge, pin)

    async def upload(self, content: bytes) -> DocumentRef:
        return await self._here.vault.put((await self.procedure()).id, content, "application/pdf")

    async def joins(self, participant: ParticipantId) -> None:
        await self.handle.signal(ProcedureWorkflow.room_fact, joined(await self.procedure(), participant, self.now()))
        for _ in range(500):
            if (await self.procedure()).participant(participant).presence is Presence.CONNECTED:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{participant} has not come")

    def now(self) -> datetime:
        return datetime.now(UTC)
