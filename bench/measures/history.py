"""What a history says of the work that the engine did: how many things, and for how long it was busy with them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory

from bench.floor import Floor

Span = tuple[float, float]
"""From and to, seconds since 1970: every process here runs on one machine and one clock."""

DONE = (
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
)
TASK_OVER = (
    EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT,
)


@dataclass
class Account:
    """The activities and workflow tasks of one run of a workflow."""

    floor: Floor = field(default_factory=Floor)
    """As many updates and activities, in the same order."""
    names: list[str] = field(default_factory=list)
    """Activity types in the order in which they were scheduled."""
    activities: dict[str, list[Span]] = field(default_factory=dict)
    tasks: list[Span] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        return self.tasks + [span for spans in self.activities.values() for span in spans]


def account_of(history: WorkflowHistory) -> Account:
    """Read a history in which one update at a time was asked for."""
    account, scheduled, inside, task = Account(), {}, False, 0.0
    for event in history.events:
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
                account.floor.inside.append(0)
                account.floor.after.append(0)
                inside = True
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
                inside = False
            case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
                _count(account.floor, inside=inside)
                name = event.activity_task_scheduled_event_attributes.activity_type.name
                account.names.append(name)
                scheduled[event.event_id] = (name, _at(event))
            case kind if kind in DONE:
                name, since = scheduled.pop(_scheduled_id(event))
                account.activities.setdefault(name, []).append((since, _at(event)))
            case EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
                task = _at(event)
            case kind if kind in TASK_OVER:
                account.tasks.append((task, _at(event)))
    return account


def busy_seconds(spans: Iterable[Span]) -> float:
    """For how long at least one of `spans` was under way."""
    total, end = 0.0, float("-inf")
    for start, stop in sorted(spans):
        total += max(0.0, stop - max(start, end))
        end = max(end, stop)
    return total


def lengths(spans: Sequence[Span]) -> list[float]:
    return [stop - start for start, stop in spans]


def _count(floor: Floor, *, inside: bool) -> None:
    if not floor.inside:
        floor.opening += 1
    elif inside:
        floor.inside[-1] += 1
    else:
        floor.after[-1] += 1


def _scheduled_id(event: HistoryEvent) -> int:
    match event.event_type:
        case EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            return event.activity_task_completed_event_attributes.scheduled_event_id
        case EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED:
            return event.activity_task_failed_event_attributes.scheduled_event_id
        case _:
            return event.activity_task_timed_out_event_attributes.scheduled_event_id


def _at(event: HistoryEvent) -> float:
    return event.event_time.seconds + event.event_time.nanos / 1e9
