"""The determinism gate: recorded histories run through today's workflows, and a change that would break them is red.

When it fails, procedures that are open now could not go on after a deployment: guard the change with
`workflow.patched`. The histories of earlier releases stay: `python -m bench.record_histories` adds those of a new one.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from activities.orders import AppendEvents
from domain.events import read
from domain.journal.chain import Stamp
from workflows.adr import AdrWorkflow
from workflows.engine.case_file import Appended, CaseFile
from workflows.engine.messages import HoldProcedure, Outcome
from workflows.families import WORKFLOWS

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*/*.json"))
CONCILIATIONS = [path for path in HISTORIES if path.stem == "conciliation.closed"]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text("utf-8"))


@pytest.mark.parametrize("path", HISTORIES, ids=name_of)
async def test_a_recorded_history_goes_through_todays_workflows(path: Path) -> None:
    replayer = Replayer(workflows=[*WORKFLOWS.values()], data_converter=pydantic_data_converter)

    replayed = await replayer.replay_workflow(history(path), raise_on_replay_failure=False)

    assert replayed.replay_failure is None


@pytest.mark.parametrize("path", HISTORIES, ids=name_of)
def test_recorded_events_still_have_the_content_that_their_hashes_commit_to(path: Path) -> None:
    """A replayed workflow hashes its events anew: one field more in an old event, and its journal would fork."""
    entries = [entry for order in orders_to_append(path) for entry in order.entries]

    assert [read(entry.type, entry.content).content() for entry in entries] == [entry.content for entry in entries]


def orders_to_append(path: Path) -> list[AppendEvents]:
    scheduled = [
        event.activity_task_scheduled_event_attributes
        for event in history(path).events
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
    ]
    return [
        AppendEvents.model_validate_json(one.input.payloads[0].data)
        for one in scheduled
        if one.activity_type.name == "append_events"
    ]


@workflow.defn(name="AdrWorkflow")
class OneActivityMore(AdrWorkflow):
    """The conciliation as somebody might change it without thinking of those that are open."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        await workflow.execute_activity("greet_everybody", start_to_close_timeout=timedelta(seconds=1))
        return await self.hold()


@workflow.defn(name="AdrWorkflow")
class NothingMore(AdrWorkflow):
    """The same subclass without the change: what fails below is the change, not the subclass."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()


@pytest.mark.parametrize("path", CONCILIATIONS, ids=name_of)
@pytest.mark.parametrize(("changed", "breaks"), [(OneActivityMore, True), (NothingMore, False)])
async def test_an_incompatible_change_is_noticed(path: Path, changed: type[AdrWorkflow], breaks: bool) -> None:
    replayer = Replayer(
        workflows=[changed], data_converter=pydantic_data_converter, workflow_runner=UnsandboxedWorkflowRunner()
    )

    replayed = await replayer.replay_workflow(history(path), raise_on_replay_failure=False)

    assert isinstance(replayed.replay_failure, NondeterminismError) is breaks


HASHES: list[str] = []


class ShownCaseFile(CaseFile):
    """A case file with the end of its chain after each writing for everybody to see."""

    async def _commit(self, appended_at: Callable[[Stamp], Appended], stamp: Stamp) -> None:
        await super()._commit(appended_at, stamp)
        HASHES.append(self.head.hash)


@workflow.defn(name="AdrWorkflow")
class ShowsItsHashes(AdrWorkflow):
    @workflow.init
    def __init__(self, order: HoldProcedure) -> None:
        super().__init__(order)
        self.case.__class__ = ShownCaseFile

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=7)])
@pytest.mark.parametrize("path", CONCILIATIONS, ids=name_of)
async def test_a_replay_that_is_told_another_time_comes_to_the_hashes_of_the_journal(
    path: Path, late: timedelta
) -> None:
    told = history(path)
    for event in told.events[len(told.events) // 2 :]:
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED:
            event.event_time.FromDatetime(event.event_time.ToDatetime() + late)
    replayer = Replayer(
        workflows=[ShowsItsHashes], data_converter=pydantic_data_converter, workflow_runner=UnsandboxedWorkflowRunner()
    )

    HASHES.clear()
    await replayer.replay_workflow(told)

    assert [order.entries[-1].hash for order in orders_to_append(path)] == HASHES
