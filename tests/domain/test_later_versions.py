"""During a deployment two versions talk: a message with keys of a later version is read by this one."""

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, RootModel, TypeAdapter

import rooms.protocol as protocol
from activities import orders
from activities.orders import AppendEvents
from api.http.openapi import RequestBody
from domain import base
from domain.commands import COMMANDS, Receipt
from domain.events import EVENTS, read, state_of
from domain.journal.chain import ChainHead
from domain.journal.register import register_row
from domain.ports.media import RoomFact
from domain.reading import Progress
from workflows.engine.messages import Carried, HoldProcedure

HISTORIES = sorted((Path(__file__).parents[1] / "workflows" / "histories").rglob("*.json"))


def with_more(value: Any) -> Any:
    """The JSON of `value` with one key more in every model, however deep; mappings of data keep their keys."""
    if isinstance(value, RootModel):
        return value.model_dump(mode="json")
    if isinstance(value, BaseModel):
        written = value.model_dump(mode="json")
        inner = {name: with_more(getattr(value, name)) for name in written}
        return {**written, **inner, "of_a_later_version": {"more": 1}}
    if isinstance(value, dict):
        return {key: with_more(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [with_more(inner) for inner in value]
    return TypeAdapter(type(value)).dump_python(value, mode="json")


@cache
def payloads() -> dict[str, list[Any]]:
    """What real workflows were sent and sent themselves, by its name in the engine."""
    found: dict[str, list[Any]] = {}
    for path in HISTORIES:
        for event in json.loads(path.read_text("utf-8"))["events"]:
            for name, sent in sent_in(event):
                found.setdefault(name, []).append(sent)
    return found


def sent_in(event: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if started := event.get("workflowExecutionStartedEventAttributes"):
        yield f"start {started['workflowType']['name']}", content(started["input"])
    if scheduled := event.get("activityTaskScheduledEventAttributes"):
        yield scheduled["activityType"]["name"], content(scheduled["input"])
    if accepted := event.get("workflowExecutionUpdateAcceptedEventAttributes"):
        asked = accepted["acceptedRequest"]["input"]
        yield f"update {asked['name']}", content(asked["args"])
    completed = event.get("workflowExecutionUpdateCompletedEventAttributes", {})
    if success := completed.get("outcome", {}).get("success"):
        yield "receipt", content(success)


def content(payloads: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(payloads["payloads"][0]["data"]))


def messages() -> Iterator[BaseModel]:
    """One of each kind that crosses between processes, as real procedures have sent it."""
    for name, sent in payloads().items():
        if name.startswith("update "):
            yield COMMANDS[name.removeprefix("update ")].model_validate(sent[0])
        elif name == "receipt":
            yield Receipt.model_validate(sent[0])
        elif name.startswith("start ") and name != "start AnchorBatchWorkflow":
            yield HoldProcedure.model_validate(sent[0])
    appended = [AppendEvents.model_validate(sent) for sent in payloads()["append_events"]]
    yield appended[-1]
    entries = [entry for order in appended for entry in order.entries if entry.procedure == appended[0].row.procedure]
    procedure = state_of(entries)
    yield Progress(procedure=procedure, seq=entries[-1].seq)
    receipts = {"cmd-0001": Receipt(seq=1, stage="summoned")}
    carried = Carried(procedure=procedure, head=ChainHead(), seed="ab" * 32, receipts=receipts)
    yield HoldProcedure(carried=carried)
    yield register_row(procedure, seq=entries[-1].seq, head=entries[-1].hash)
    who: dict[str, Any] = {
        "participant": procedure.participants[0].id,
        "kind": "joined",
        "at": procedure.scheduled_at,
        "reason": "",
    }
    yield RoomFact(id=1, procedure=procedure.id, **who)
    fact = protocol.Fact(id=1, instance="a", procedure=procedure.id, role="applicant", **who)
    yield protocol.FactLine(instance="a", fact=fact)


@pytest.mark.parametrize("message", tuple(messages()), ids=lambda message: type(message).__name__)
def test_a_message_with_one_more_key_at_every_level_is_read(message: BaseModel) -> None:
    written = json.dumps(with_more(message))

    assert written.count("of_a_later_version") >= 1
    assert type(message).model_validate_json(written) == message


def test_an_event_with_one_more_key_is_read() -> None:
    entries = [entry for sent in payloads()["append_events"] for entry in AppendEvents.model_validate(sent).entries]
    kinds = {entry.type: entry for entry in entries}

    for type, entry in kinds.items():
        assert read(type, {**entry.content, "of_a_later_version": 1}) == read(type, entry.content)


def test_nothing_that_crosses_processes_refuses_a_key() -> None:
    """Every shape but those of requests, the ones for which no sample stands above included."""
    kinds = set(every_kind(base.Value))

    assert {EVENTS["procedure_closed"], orders.AppendEvents, Progress} <= kinds
    assert {kind for kind in kinds if kind.model_config.get("extra") != "ignore"} == set(every_kind(RequestBody))


def every_kind(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield kind
    for narrower in kind.__subclasses__():
        yield from every_kind(narrower)
