"""What the histories of the runs of one procedure say: which build did what."""

import json

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from activities.orders import AppendEvents
from tests.workflows.court import Court, Room


async def runs_of(court: Court, room: Room) -> list[list[HistoryEvent]]:
    """The events of each run, first to last."""
    runs, run = [], room.handle.first_execution_run_id
    while run:
        handle = court.environment.client.get_workflow_handle(room.handle.id, run_id=run)
        events = list((await handle.fetch_history()).events)
        runs.append(events)
        run = events[-1].workflow_execution_continued_as_new_event_attributes.new_execution_run_id
    return runs


def builds_of(events: list[HistoryEvent]) -> dict[int, str]:
    """Which build completed each workflow task of a run, by the number of the event that says so."""
    return {
        event.event_id: event.workflow_task_completed_event_attributes.deployment_version.build_id
        for event in events
        if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    }


def lines_and_builds(events: list[HistoryEvent]) -> list[tuple[str, str]]:
    """What each line of the journal says of its build, and which build had it written."""
    builds, found = builds_of(events), []
    for event in events:
        order = event.activity_task_scheduled_event_attributes
        if order.activity_type.name == "append_events":
            entries = AppendEvents.model_validate_json(order.input.payloads[0].data).entries
            asked_by = builds[order.workflow_task_completed_event_id]
            found += [(json.loads(entry.line)["build"], asked_by) for entry in entries]
    return found


def activities_and_builds(runs: list[list[HistoryEvent]]) -> list[tuple[str, str]]:
    """Each activity in the order in which it was asked for, and which build asked for it."""
    found = []
    for events in runs:
        builds = builds_of(events)
        for event in events:
            order = event.activity_task_scheduled_event_attributes
            if order.activity_type.name:
                found.append((order.activity_type.name, builds[order.workflow_task_completed_event_id]))
    return found


def is_failed_task(event: HistoryEvent) -> bool:
    return event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
