"""A new build is made current while procedures stand at every stage: each goes on, on a version that understands it.

On the real engine with worker versioning, every workflow moving to the current version with its next task. The new
build tells one activity more, guarded by `workflow.patched`; the same without the guard is what the replay gate is for.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from temporalio import activity, workflow
from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client, WorkflowHistory
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner, Worker, WorkerDeploymentConfig
from temporalio.workflow import NondeterminismError

import agenda_types
import procedure_types
import territories
from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import acts
from adapters.engine.search_attributes import define_search_attributes
from adapters.memory import memory_installation
from bench.record_histories import HISTORIES, release
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from tests.workflows.court import Court, Room
from tests.workflows.engines import handing_over_after
from tests.workflows.mechanisms import identification
from tests.workflows.runs import activities_and_builds, builds_of, is_failed_task, lines_and_builds, runs_of
from workflows.anchoring import AnchorBatchWorkflow
from workflows.civil_registry import CivilRegistryWorkflow
from workflows.engine.messages import HoldProcedure, Outcome
from workflows.engine.queues import PROCEDURES
from workflows.families import WORKFLOWS
from workflows.schedules import keep_anchoring

T = TypeVar("T")

DEPLOYMENT = "estrado"
NEVER_LONG = 40_000
"""Events: no run is handed over for its length here."""


@activity.defn
async def greet_everybody(procedure: str) -> str:
    """The activity that the new build has besides."""
    return procedure


@workflow.defn(name="CivilRegistryWorkflow")
class Guarded(CivilRegistryWorkflow):
    """The next build: everybody is greeted before the minutes are written; runs that have passed there are not."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()

    async def draft_minutes(self) -> None:
        if workflow.patched("greeting"):
            await self._greet()
        await super().draft_minutes()

    async def _greet(self) -> None:
        await workflow.execute_activity(
            greet_everybody, self.case.procedure.id, start_to_close_timeout=timedelta(seconds=10)
        )


@workflow.defn(name="CivilRegistryWorkflow")
class Unguarded(Guarded):
    """The same build by somebody who did not think of the runs that are open."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()

    async def draft_minutes(self) -> None:
        await self._greet()
        await CivilRegistryWorkflow.draft_minutes(self)


def serving(court: Court, build: str, civil_registry: type[Any]) -> Worker:
    """The worker of one build, as `worker.py` makes it; queues of activities alone are those of the court."""
    others = [one for one in WORKFLOWS.values() if one is not CivilRegistryWorkflow]
    return Worker(
        court.environment.client,
        task_queue=PROCEDURES,
        workflows=[*others, civil_registry, AnchorBatchWorkflow],
        activities=[*acts(court.installation).procedures, greet_everybody],
        interceptors=[TypedFailures(), Pulse()],
        workflow_runner=UnsandboxedWorkflowRunner(),
        deployment_config=WorkerDeploymentConfig(
            version=WorkerDeploymentVersion(DEPLOYMENT, build),
            use_worker_versioning=True,
            default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
        ),
        sticky_queue_schedule_to_start_timeout=timedelta(seconds=1),
    )


async def make_current(client: Client, build: str) -> None:
    """New tasks go to that build from now on; the engine knows it once a worker has asked for work."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace, deployment_name=DEPLOYMENT, build_id=build, identity="test"
    )
    for _ in range(100):
        try:
            await client.workflow_service.set_worker_deployment_current_version(request)
        except RPCError:
            await asyncio.sleep(0.1)
        else:
            return
    raise AssertionError(f"the engine does not know build {build}")


@asynccontextmanager
async def court_of_builds() -> AsyncIterator[Court]:
    """A court whose procedures are served by the builds that a test starts; the queues of activities are served."""
    async with AsyncExitStack() as stack:
        environment = await stack.enter_async_context(await handing_over_after(NEVER_LONG))
        await define_search_attributes(environment.client)
        items = agenda_types.load()
        types = {id: procedure_types.resolve(kind, items) for id, kind in procedure_types.load().items()}
        court = Court(environment, memory_installation(territories.load(), identification), types)
        for worker in court.workers():
            if worker.task_queue != PROCEDURES:
                await stack.enter_async_context(worker)
        yield court


Step = Callable[[Play], Awaitable[None]]

UNTIL_HELD: tuple[Step, ...] = (Play.arrive, Play.enter, Play.identify, Play.hold_agenda)
AFTERWARDS: tuple[Step, ...] = (Play.close, Play.approve, Play.sign)


@dataclass(frozen=True)
class Stop:
    """Where a procedure stands when the next build becomes current, and what it takes there and from there."""

    stage: Stage
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    handed_over: bool = True
    """The new build greets in it, and takes it over at the next quiet stage. Whose minutes wait for approval already
    leaves that stage with the next command: such a run ends as it began, its old history replayed by the new build."""


STOPS = (
    Stop(Stage.SUMMONED, (), UNTIL_HELD + AFTERWARDS),
    Stop(Stage.CHECKED_IN, UNTIL_HELD[:1], UNTIL_HELD[1:] + AFTERWARDS),
    Stop(Stage.IN_SESSION, UNTIL_HELD[:2], UNTIL_HELD[2:] + AFTERWARDS),
    Stop(Stage.INTERRUPTED, (*UNTIL_HELD, Play.interrupt), (Play.resume, *AFTERWARDS)),
    Stop(Stage.IN_SESSION, UNTIL_HELD, AFTERWARDS),
    Stop(Stage.APPROVAL, UNTIL_HELD + AFTERWARDS[:1], AFTERWARDS[1:], handed_over=False),
    Stop(Stage.SIGNING, UNTIL_HELD + AFTERWARDS[:2], AFTERWARDS[2:], handed_over=False),
)
OPEN = int(os.environ.get("ESTRADO_TEST_OPEN_PROCEDURES", "14"))
"""Procedures, the stops in turn. docs/bench.md has the command for fifty."""
PLAYED_AT_ONCE = 6
"""Two processors and one process that is engine's client, worker and all of its people."""


@dataclass(frozen=True)
class Open:
    """One of them."""

    stop: Stop
    room: Room
    play: Play

    async def go(self) -> None:
        for step in self.stop.before:
            await step(self.play)
        await self.room.reaches(self.stop.stage)

    async def go_on(self) -> Procedure:
        for step in self.stop.after:
            await step(self.play)
        return await self.room.reaches(Stage.CLOSED)


async def summoned(court: Court, number: int) -> Open:
    room = await court.summon("life_certificate", f"prc_upgrade_{number}")
    return Open(STOPS[number % len(STOPS)], room, Play(room, f"upgrade-{number}"))


async def few_at_once(playing: Sequence[Coroutine[Any, Any, T]]) -> list[T]:
    turns = asyncio.Semaphore(PLAYED_AT_ONCE)

    async def in_turn(one: Coroutine[Any, Any, T]) -> T:
        async with turns:
            return await one

    return await asyncio.gather(*map(in_turn, playing))


async def test_procedures_at_every_stage_end_on_the_build_that_became_current() -> None:
    async with court_of_builds() as court, AsyncExitStack() as builds:
        client = court.environment.client
        await builds.enter_async_context(serving(court, "A", CivilRegistryWorkflow))
        await make_current(client, "A")
        await keep_anchoring(client, timedelta(seconds=1), timedelta(minutes=10))
        procedures = [await summoned(court, number) for number in range(OPEN)]
        await few_at_once([one.go() for one in procedures])

        await builds.enter_async_context(serving(court, "B", Guarded))
        await make_current(client, "B")
        changed: set[Stop] = set()
        for one, closed in zip(procedures, await few_at_once([one.go_on() for one in procedures]), strict=True):
            runs = await runs_of(court, one.room)
            lines = [line for events in runs for line in lines_and_builds(events)]
            assert len(lines) == len(await court.installation.journal.read(closed.id))
            assert all(said == wrote for said, wrote in lines)
            assert {said for said, _ in lines} == {"A", "B"}
            drafted_by = next(build for name, build in activities_and_builds(runs) if name == "draft_minutes")
            greeted = [name for name, _ in activities_and_builds(runs)].count("greet_everybody")
            assert greeted == int(drafted_by == "B"), f"greeted {greeted} times, drafted by {drafted_by}"
            assert not any(is_failed_task(event) for events in runs for event in events)
            if drafted_by == "B":
                assert len(runs) > 1, f"not handed over at a quiet stage: {one.stop}"
                changed.add(one.stop)
            assert list(builds_of(runs[-1]).values())[-1] == "B"
        # The engine takes a moment to give every task to the new build, so not each of them must have lived its story.
        assert changed == {stop for stop in STOPS if stop.handed_over}


@pytest.mark.parametrize(("build", "breaks"), [(Guarded, False), (Unguarded, True)])
async def test_the_gate_catches_the_same_change_without_its_guard(build: type[Any], breaks: bool) -> None:
    path = HISTORIES / release() / "life_certificate.closed.json"
    replayer = Replayer(
        workflows=[build], data_converter=pydantic_data_converter, workflow_runner=UnsandboxedWorkflowRunner()
    )

    replayed = await replayer.replay_workflow(
        WorkflowHistory.from_json(path.stem, path.read_text("utf-8")), raise_on_replay_failure=False
    )

    assert isinstance(replayed.replay_failure, NondeterminismError) is breaks
