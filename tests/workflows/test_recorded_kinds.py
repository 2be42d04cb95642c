"""What the histories of a release have to show, from 0.2 on: a replay proves nothing of what no history holds."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter

from activities.orders import AppendEvents
from bench.record_histories import HISTORIES, release
from domain.types.vocabulary import Family
from workflows.engine.messages import HoldProcedure
from workflows.families import WORKFLOWS

RELEASES = sorted(folder.name for folder in HISTORIES.iterdir() if folder.is_dir())


class Shown(NamedTuple):
    """What one recorded history holds."""

    events: list[HistoryEvent]
    workflow: str
    order: HoldProcedure
    journaled: Counter[str]
    """How often each kind of event was given to the journal to write; what it refused is given again."""

    def has(self, type: "EventType.ValueType") -> bool:
        return any(event.event_type == type for event in self.events)

    @property
    def attempts(self) -> int:
        """The most attempts that an activity took."""
        return max(event.activity_task_started_event_attributes.attempt for event in self.events)

    @property
    def failed(self) -> set[str]:
        """The codes with which activities failed."""
        failures = [e.activity_task_failed_event_attributes.failure for e in self.events]
        return {one.application_failure_info.type for one in failures if one.HasField("application_failure_info")}


def shown(path: Path) -> Shown:
    events = list(WorkflowHistory.from_json(path.stem, path.read_text("utf-8")).events)
    began = events[0].workflow_execution_started_event_attributes
    [order] = pydantic_data_converter.payload_converter.from_payloads(began.input.payloads, [HoldProcedure])
    return Shown(events, began.workflow_type.name, order, Counter(journaled(events)))


def journaled(events: Iterable[HistoryEvent]) -> list[str]:
    scheduled = [event.activity_task_scheduled_event_attributes for event in events]
    orders = [one.input.payloads[0].data for one in scheduled if one.activity_type.name == "append_events"]
    return [entry.type for order in orders for entry in AppendEvents.model_validate_json(order).entries]


def wrote(*types: str) -> Callable[[Shown], bool]:
    return lambda history: all(history.journaled[type] for type in types)


KINDS: dict[str, Callable[[Shown], bool]] = {
    "closed": wrote("procedure_closed"),
    "interrupted": wrote("procedure_interrupted", "procedure_resumed", "procedure_closed"),
    "no_show": wrote("no_show_recorded"),
    "cancelled": wrote("procedure_cancelled"),
    "adjourned": wrote("procedure_adjourned", "session_reopened", "procedure_closed"),
    "signature_refused": wrote("signature_refused"),
    "dismissed": wrote("participant_dismissed"),
    "arrived_elsewhere": lambda history: (
        history.journaled["participant_checked_in"] == 2 and history.journaled["identity_confirmed"] > 0
    ),
    "room_facts": wrote(
        "participant_joined", "connection_lost", "participant_left", "identity_lapsed", "procedure_interrupted"
    ),
    "wrong_pin": lambda history: bool(history.journaled["pin_failed"] and history.journaled["identity_confirmed"]),
    "retried": lambda history: (
        history.attempts > 1 and "" not in history.failed and history.journaled["room_opened"] == 1
    ),
    "refused_then_healed": lambda history: (
        {"mail_refused", "unknown_key"} <= history.failed
        and history.journaled["notice_sent"] == 1
        and max(history.journaled["no_show_recorded"], history.journaled["procedure_interrupted"]) > 1
    ),
    "handed_over_before": lambda history: (
        history.has(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW)
        and "session_closed" not in history.journaled
        and history.journaled["procedure_interrupted"] > 0
    ),
    "handed_over_after": lambda history: (
        history.order.continued is not None and history.journaled["procedure_resumed"] > 0
    ),
}
"""Kind -> whether a history really shows it; the kind is the end of the file's name."""


SINCE = {Family.COOPERATION: "0.3", Family.JUSTICE_OFFICE: "0.3"}
"""The first release with that family."""
HELD = ("closed", "interrupted")
ENDINGS = {Family.COOPERATION: ("closed",)}
"""Where there is no session, none is interrupted."""


def kind_of(path: Path) -> str:
    return path.stem.partition(".")[2]


@pytest.mark.parametrize("version", RELEASES)
def test_every_family_is_recorded_closed_and_interrupted(version: str) -> None:
    recorded = {(shown(path).workflow, kind_of(path)) for path in files(version)}

    families = [family for family in Family if family not in SINCE or SINCE[family] <= version]
    expected = {(WORKFLOWS[family].__name__, ending) for family in families for ending in ENDINGS.get(family, HELD)}
    assert expected <= recorded


@pytest.mark.parametrize("version", [version for version in RELEASES if version != "0.1"])
def test_a_release_records_every_kind(version: str) -> None:
    assert {kind_of(path) for path in files(version)} >= set(KINDS)


@pytest.mark.parametrize(
    "path",
    [path for version in RELEASES if version != "0.1" for path in sorted((HISTORIES / version).glob("*.json"))],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_a_recorded_history_shows_what_its_name_says(path: Path) -> None:
    assert KINDS[kind_of(path)](shown(path))


def test_the_release_of_today_is_recorded() -> None:
    assert release() in RELEASES


def files(version: str) -> list[Path]:
    return sorted((HISTORIES / version).glob("*.json"))
