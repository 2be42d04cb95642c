"""What the tests of workflows hold: a court whose servers are in memory, and rooms in which scripted people act."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHandle, WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Interceptor, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import acts, room_acts
from adapters.engine.search_attributes import define_search_attributes
from adapters.memory import MemoryAccounts, MemoryPins, MemoryRecorder, MemoryRooms, memory_installation
from domain.access.accounts import Account
from domain.commands import Command, Receipt
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import AccountId, AdministrationId, ParticipantId, ProcedureId, workflow_id
from domain.installation import Installation
from domain.journal.chain import ChainHead
from domain.procedure.documents import DocumentRef
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.types.procedure_type import ResolvedType
from domain.types.vocabulary import Side, StaffRole, Stage
from rehearsal.casting import request
from rehearsal.joining import joined
from tests.shipped import shipped_administrations, shipped_types
from tests.workflows.engines import skipping_time
from tests.workflows.mechanisms import identification
from worker import workers
from workflows.anchoring import AnchorBatchWorkflow, AnchorRun
from workflows.engine.messages import Carried, HoldProcedure
from workflows.engine.queues import PROCEDURES, ROOMS
from workflows.families import WORKFLOWS
from workflows.procedure import ProcedureWorkflow
from workflows.schedules import keep_anchoring

ATLANTIA = AdministrationId("atlantia")
AT_WORK = (Stage.DRAFTING, Stage.SEALING, Stage.DELIVERING)
"""Stages that wait for no clock and for nobody."""


class Court:
    """Starts procedures and gives a room to act in."""

    def __init__(
        self,
        environment: WorkflowEnvironment,
        installation: Installation,
        types: dict[str, ResolvedType],
        more: Sequence[Interceptor] = (),
    ) -> None:
        self.environment = environment
        self.installation = installation
        self.types = types
        self.media = MemoryRooms()
        self.recorder = MemoryRecorder(installation.recordings)
        self._more = more

    def workers(self) -> list[Worker]:
        client = self.environment.client
        served = workers(client, acts(self.installation), timedelta(seconds=1), self._more, SandboxedWorkflowRunner())
        room = Worker(
            client,
            task_queue=ROOMS,
            activities=room_acts(self.installation, self.media, self.recorder),
            interceptors=[TypedFailures(), *self._more, Pulse()],
        )
        return [*served, room]

    async def summon(
        self, type_id: str, id: str, *, in_: timedelta = timedelta(minutes=10), besides: tuple[str, ...] = ()
    ) -> "Room":
        """Start a procedure of that type with its cast. `besides`: roles of people who come although nobody has to."""
        resolved = self.types[type_id]
        accounts = {role.code: f"acc_{role.code}" for role in resolved.procedure.roles if role.side is Side.AUTHORITY}
        self._employ(accounts.values())
        scheduled_at = await self.environment.get_current_time() + in_
        administration = self.installation.administrations[ATLANTIA]
        asked = request(resolved, administration, id=id, scheduled_at=scheduled_at, accounts=accounts, besides=besides)
        return await self.start(asked)

    async def start(self, asked: ProcedureRequested) -> "Room":
        handle = await self.environment.client.start_workflow(
            WORKFLOWS[asked.resolved_type.procedure.family].run,
            HoldProcedure(request=asked),
            id=workflow_id(asked.id),
            task_queue=PROCEDURES,
        )
        return Room(self, handle)

    async def carry_on(self, procedure: Procedure, receipts: dict[str, Receipt]) -> "Room":
        """A next run that was handed `procedure` with the answers already given."""
        id = ProcedureId(f"{procedure.id}_next")
        handed = Carried(procedure=procedure.but(id=id), head=ChainHead(), seed="ab" * 32, receipts=receipts)
        handle = await self.environment.client.start_workflow(
            WORKFLOWS[procedure.type.procedure.family].run,
            HoldProcedure(carried=handed),
            id=workflow_id(id),
            task_queue=PROCEDURES,
        )
        return Room(self, handle)

    def _employ(self, accounts: Any) -> None:
        staff = self.installation.accounts
        assert isinstance(staff, MemoryAccounts)
        for account in accounts:
            staff.accounts[account] = Account(
                id=AccountId(account),
                administration=ATLANTIA,
                name=account,
                email=f"{account}@justicia.example",
                roles=(StaffRole.CLERK,),
                certificate="iria-outeiro",
            )


@asynccontextmanager
async def open_court(
    engine: Awaitable[WorkflowEnvironment] | None = None,
    batches_every: timedelta | None = timedelta(minutes=10),
    more: Sequence[Interceptor] = (),
    mechanism_folders: tuple[Path, ...] = (),
) -> AsyncIterator[Court]:
    """A court in memory: engine (one that skips time), workers, rooms, and every shipped type.

    `more`: interceptors of a test, for every worker. `mechanism_folders`: with mechanisms besides the shipped ones.
    """
    async with AsyncExitStack() as stack:
        environment = await stack.enter_async_context(await (engine or skipping_time()))
        await define_search_attributes(environment.client)
        court = Court(
            environment,
            memory_installation(shipped_administrations(), partial(identification, more=mechanism_folders)),
            shipped_types(),
            more,
        )
        for worker in court.workers():
            await stack.enter_async_context(worker)
        if batches_every is not None:
            await anchoring_every(batches_every, environment)
        yield court


async def anchoring_every(interval: timedelta, environment: WorkflowEnvironment) -> None:
    """By the schedule of the worker; the server that skips time knows no schedules, but the older cron workflows."""
    patience = timedelta(minutes=10)
    if environment.supports_time_skipping:
        await environment.client.start_workflow(
            AnchorBatchWorkflow.run,
            AnchorRun(patience=patience),
            id="anchor-batch",
            task_queue=PROCEDURES,
            cron_schedule=f"*/{interval // timedelta(minutes=1)} * * * *",
        )
    else:
        await keep_anchoring(environment.client, interval, patience)


class Room:
    """The courtroom of `rehearsal.acting`, straight onto the workflow."""

    def __init__(self, court: Court, handle: WorkflowHandle[Any, Any]) -> None:
        self.court = court
        self.handle = handle

    async def perform(self, command: Command) -> Receipt:
        """Raises `Refusal` with the code and parameters of the rule."""
        try:
            return await self.handle.execute_update(  # type: ignore[no-any-return]
                command.update, command, id=command.id, result_type=Receipt
            )
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            assert isinstance(cause, ApplicationError) and cause.type is not None, cause
            raise Refusal.told(cause.type, **(cause.details[0] if cause.details else {})) from error

    async def procedure(self) -> Procedure:
        """A run that has just begun does not know its state yet: whoever looks, looks again."""
        async with asyncio.timeout(20):
            while True:
                try:
                    return (await self.handle.query(ProcedureWorkflow.progress)).procedure
                except WorkflowQueryFailedError:
                    await asyncio.sleep(0.05)

    async def reaches(self, *stages: Stage) -> Procedure:
        """While workers are at work each step leaves more of our time than the last: on a busy machine they need it."""
        worked = 0
        for step in (*[timedelta(seconds=1)] * 60, *[timedelta(minutes=1)] * 120):
            procedure = await self.procedure()
            if procedure.stage in stages:
                return procedure
            if procedure.stage in AT_WORK:
                worked += 1
                await asyncio.sleep(0.00003 * worked**2)
            await self.court.environment.sleep(step)
        raise AssertionError(f"still {procedure.stage} with trouble {procedure.trouble}, not {stages}")

    async def proof(self, challenge: str) -> str:
        return MemoryPins.proof(challenge)

    async def upload(self, content: bytes) -> DocumentRef:
        procedure = await self.procedure()
        return await self.court.installation.vault.put(procedure.id, content, "application/pdf")

    async def joins(self, participant: ParticipantId) -> None:
        await self.handle.signal(ProcedureWorkflow.room_fact, joined(await self.procedure(), participant, self.now()))
        for tried in range(200):
            if (await self.procedure()).participant(participant).presence is Presence.CONNECTED:
                return
            if tried < 100:
                await asyncio.sleep(0.02)
            else:  # it waits for a journal that refuses
                await self.court.environment.sleep(timedelta(minutes=1))
        raise AssertionError(f"{participant} has not come")

    def now(self) -> datetime:
        return datetime.fromisoformat("2026-11-22T10:00:00+00:00")
