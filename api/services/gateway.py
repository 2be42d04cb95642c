"""The one way to a procedure: start it, look where it stands, perform a command and wait for its answer."""

import asyncio
import itertools
import secrets
from datetime import timedelta
from typing import Any

from temporalio.client import (
    Client,
    RPCError,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.common import WorkflowIDConflictPolicy as Conflict
from temporalio.common import WorkflowIDReusePolicy as Reuse
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCStatusCode

from api.http.problems import EngineUnavailable, NotFound, StillWorking, has_words
from domain.commands import Command, Receipt
from domain.errors import Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import CommandId, ProcedureId, workflow_id
from domain.reading import CaseReading, Progress
from domain.refusals.platform import INTERNAL, OUTSIDE_UNAVAILABLE
from domain.refusals.procedure import PROCEDURE_ENDED
from domain.types.vocabulary import Stage
from workflows.engine.messages import HoldProcedure
from workflows.engine.queues import PROCEDURES, TASK_TIMEOUT
from workflows.families import WORKFLOWS

PATIENCE = 8.0
"""Seconds that somebody waits for a command before the answer is «still working»."""

START_TIMEOUT = timedelta(seconds=5)

UNAVAILABLE_BACKOFF = 1.0
"""Seconds for which an engine that was found away is not asked again: one request may ask it twice, and nobody waits
twice for the same silence (F-12)."""

_LATE = {RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.CANCELLED}


class Gateway:
    """One per process."""

    def __init__(self, client: Client, cases: CaseReading, build: str) -> None:
        self._client = client
        self._cases = cases
        self._build = build
        self._away_until = 0.0

    async def start(self, request: ProcedureRequested, author: str) -> ProcedureId:
        """Start the workflow of a procedure; the same procedure id again changes nothing.

        Raises `EngineUnavailable`: then nothing was acknowledged.
        """
        kind = request.resolved_type.procedure
        self._refuse_while_away()
        try:
            await self._client.start_workflow(
                WORKFLOWS[kind.family].run,
                HoldProcedure(request=request, author=author, build=self._build),
                id=workflow_id(request.id),
                task_queue=PROCEDURES,
                task_timeout=TASK_TIMEOUT,
                id_reuse_policy=Reuse.REJECT_DUPLICATE,
                id_conflict_policy=Conflict.USE_EXISTING,
                search_attributes=_searchable(request),
                rpc_timeout=START_TIMEOUT,
            )
        except WorkflowAlreadyStartedError:
            pass
        except (RPCError, RuntimeError) as error:  # RuntimeError: there was no first connection yet
            raise self._away("start", error) from error
        return request.id

    async def progress(self, procedure: ProcedureId) -> Progress:
        """The state of a procedure and the number of its last event, from its journal. Raises `NotFound`.

        The workflow is not asked: whoever only looks costs the engine nothing, and does not notice when it is away.
        """
        progress = await self._cases.latest(procedure)
        if progress is None:
            raise NotFound()
        return progress

    async def perform(self, procedure: ProcedureId, command: Command) -> Receipt:
        """Do it, and return once it is in the journal. `command.id` is the key: again gives the same receipt.

        Raises `Refusal` (a rule forbids it), `NotFound`, `StillWorking`, `EngineUnavailable`.
        """
        self._refuse_while_away()
        command = command.but(request=secrets.token_hex(8))
        for attempt in itertools.count(1):
            try:
                return await self._update(procedure, command, attempt)
            except WorkflowUpdateFailedError as error:
                # The engine keeps a failed Update under its id for ever. One that failed because the world was away,
                # at an earlier request, says nothing of today: the same command is asked anew under the next id.
                if not _failed_at_an_earlier_request(error.cause, command):
                    raise _refusal(error.cause) from error
        raise AssertionError("counting has no end")

    async def outcome(self, procedure: ProcedureId, command: type[Command], key: CommandId) -> Receipt:
        """What came of a command that somebody asked for under `key`: waits for it, and asks for nothing anew.

        Raises `Refusal`, `NotFound` (nobody asked for it), `StillWorking`, `EngineUnavailable`.
        """
        self._refuse_while_away()
        refused: Refusal | None = None
        for attempt in itertools.count(1):
            try:
                return await self._result(procedure, command, update_id(key, attempt))
            except NotFound:
                raise refused or NotFound() from None
            except WorkflowUpdateFailedError as error:
                # One that failed because the world was away may have been asked anew under the next id.
                refused = _refusal(error.cause)
                if not _failed_for_the_world(error.cause):
                    raise refused from error
        raise AssertionError("counting has no end")

    async def _result(self, procedure: ProcedureId, command: type[Command], id: str) -> Receipt:
        handle = self._handle(procedure).get_update_handle(id, result_type=Receipt)
        try:
            async with asyncio.timeout(PATIENCE):
                receipt: Receipt = await handle.result()
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise StillWorking(update_name(command)) from error
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise NotFound() from error
            raise await self._failure_of(procedure, error) from error
        except RuntimeError as error:
            raise self._away("update", error) from error
        return receipt

    async def _update(self, procedure: ProcedureId, command: Command, attempt: int) -> Receipt:
        name = update_name(command)
        try:
            async with asyncio.timeout(PATIENCE):
                receipt: Receipt = await self._handle(procedure).execute_update(
                    name, command, id=update_id(command.id, attempt), result_type=Receipt
                )
        except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
            raise StillWorking(name) from error
        except RPCError as error:
            raise await self._failure_of(procedure, error) from error
        except RuntimeError as error:
            raise self._away("update", error) from error
        return receipt

    async def _failure_of(self, procedure: ProcedureId, error: RPCError) -> Exception:
        if error.status is RPCStatusCode.NOT_FOUND:
            progress = await self.progress(procedure)
            return Refusal(PROCEDURE_ENDED, stage=progress.procedure.stage.value)
        if error.status in _LATE:
            return StillWorking("update")
        # Whatever else it is (away, overloaded, a workflow that our own defect has stopped), nothing was acknowledged.
        return self._away("update", error)

    def _refuse_while_away(self) -> None:
        if asyncio.get_running_loop().time() < self._away_until:
            raise EngineUnavailable("away")

    def _away(self, asked: str, error: RPCError | RuntimeError) -> EngineUnavailable:
        """What to raise for `error`; an engine that does not answer at all is left in peace for a moment."""
        if isinstance(error, RuntimeError) or error.status is RPCStatusCode.UNAVAILABLE:
            self._away_until = asyncio.get_running_loop().time() + UNAVAILABLE_BACKOFF
        return EngineUnavailable(asked)

    def _handle(self, procedure: ProcedureId) -> WorkflowHandle[Any, Any]:
        return self._client.get_workflow_handle(workflow_id(procedure))


def update_name(command: Command | type[Command]) -> str:
    """`AdmitParticipant` is the Update `admit_participant`."""
    name = (command if isinstance(command, type) else type(command)).__name__
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name).lstrip("_")


def update_id(key: CommandId, attempt: int) -> str:
    return key if attempt == 1 else f"{key}~{attempt}"


def _failed_for_the_world(cause: BaseException | None) -> bool:
    return isinstance(cause, ApplicationError) and len(cause.details) > 1 and isinstance(cause.details[1], dict)


def _failed_at_an_earlier_request(cause: BaseException | None, command: Command) -> bool:
    if not isinstance(cause, ApplicationError) or not _failed_for_the_world(cause):
        return False
    return bool(cause.details[1].get("request") != command.request)


def _refusal(cause: BaseException | None) -> Refusal:
    if not isinstance(cause, ApplicationError):
        return Refusal(OUTSIDE_UNAVAILABLE)
    if not has_words(cause.type or ""):
        return Refusal(INTERNAL)  # no rule of ours: a defect in the workflow, which is no conflict of the caller's
    params = cause.details[0] if cause.details and isinstance(cause.details[0], dict) else {}
    return Refusal.told(cause.type or "", **{str(name): value for name, value in params.items()})


def _searchable(request: ProcedureRequested) -> TypedSearchAttributes:
    """States and ids only: search attributes are stored in clear."""
    words = {
        "EstradoStage": Stage.REQUESTED.value,
        "EstradoAdministration": request.administration,
        "EstradoType": request.resolved_type.procedure.id,
    }
    return TypedSearchAttributes(
        [SearchAttributePair(SearchAttributeKey.for_keyword(name), word) for name, word in words.items()]
    )
