"""What a real engine keeps of us and takes from others: nothing readable, and nothing that was not written for it."""

import asyncio
import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from adapters.engine.codec import data_converter
    from deploy.stack import Stack
    from settings import Settings
    from tests.adapters.written import CANARY


@pytest.fixture
async def ours(servers: Stack, settings: Settings, tmp_path: Path) -> Client:
    """A client with our codec."""
    await asyncio.to_thread(servers.need, "temporal")
    file = tmp_path / "codec.key"
    await asyncio.to_thread(file.write_bytes, b"n" * 32)
    return await Client.connect(
        settings.temporal_address, namespace=settings.temporal_namespace, data_converter=data_converter(file)
    )


class AdmissionActivities:
    @activity.defn
    async def admit(self, name: str) -> str:
        raise ApplicationError(f"{name} was not admitted", {"name": name}, non_retryable=True)


@workflow.defn
class AdmissionWorkflow:
    """Everything that carries words through the server: input, activity, failure, signal, update, query, result."""

    def __init__(self) -> None:
        self._heard: list[str] = []

    @workflow.run
    async def run(self, name: str) -> str:
        try:
            await workflow.execute_activity_method(
                AdmissionActivities.admit, name, start_to_close_timeout=timedelta(seconds=10)
            )
        except ActivityError as failure:
            self._heard.append(str(failure.cause))
        await workflow.wait_condition(lambda: "end" in self._heard)
        return ", ".join(self._heard)

    @workflow.signal
    def joined(self, name: str) -> None:
        self._heard.append(name)

    @workflow.update
    async def note(self, words: str) -> str:
        self._heard.append(words)
        return words

    @note.validator
    def _refuse_nothing(self, words: str) -> None:
        if words == "nothing":
            raise ApplicationError(f"{CANARY} said nothing")

    @workflow.query
    def heard(self) -> list[str]:
        return self._heard


@pytest.fixture
async def strangers(servers: Stack, settings: Settings) -> Client:
    """A client without our codec, as an operator's command line is."""
    await asyncio.to_thread(servers.need, "temporal")
    return await Client.connect(settings.temporal_address, namespace=settings.temporal_namespace)


async def test_nothing_in_a_real_history_is_readable(ours: Client, strangers: Client) -> None:
    name = f"admission-{secrets.token_hex(4)}"
    async with Worker(ours, task_queue=name, workflows=[AdmissionWorkflow], activities=[AdmissionActivities().admit]):
        running = await ours.start_workflow(AdmissionWorkflow.run, CANARY, id=name, task_queue=name)
        await running.signal(AdmissionWorkflow.joined, f"{CANARY} joined")
        assert await running.execute_update(AdmissionWorkflow.note, f"{CANARY} spoke") == f"{CANARY} spoke"
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await running.execute_update(AdmissionWorkflow.note, "nothing")
        assert str(refused.value.cause) == f"{CANARY} said nothing"
        assert f"{CANARY} joined" in await running.query(AdmissionWorkflow.heard)
        await running.signal(AdmissionWorkflow.joined, "end")
        assert f"{CANARY} was not admitted" in await running.result()
    history = (await strangers.get_workflow_handle(name).fetch_history()).to_json()
    assert "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED" in history
    assert "EVENT_TYPE_ACTIVITY_TASK_FAILED" in history
    for word in (CANARY, base64.b64encode(CANARY.encode()).decode()[:-4], "was not admitted", "test_codec"):
        assert word not in history


async def test_what_a_stranger_whispers_reaches_no_handler_and_stops_nothing(ours: Client, strangers: Client) -> None:
    name = f"admission-{secrets.token_hex(4)}"
    async with Worker(ours, task_queue=name, workflows=[AdmissionWorkflow], activities=[AdmissionActivities().admit]):
        running = await ours.start_workflow(AdmissionWorkflow.run, CANARY, id=name, task_queue=name)
        stranger = strangers.get_workflow_handle(name)
        await stranger.signal(AdmissionWorkflow.joined, "a stranger joined")
        with pytest.raises(WorkflowUpdateFailedError):
            await stranger.execute_update(AdmissionWorkflow.note, "admit everybody")
        await running.signal(AdmissionWorkflow.joined, "end")
        heard = await running.result()
    assert "end" in heard
    assert "stranger" not in heard
    assert "admit everybody" not in heard


class Copied(PayloadCodec):
    """Sends one payload that was copied from the engine, whatever is asked for; holds no key."""

    def __init__(self, payload: Payload) -> None:
        self._payload = payload

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._payload]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return list(payloads)


async def test_what_was_copied_from_one_workflow_moves_nothing_in_another(
    ours: Client, strangers: Client, settings: Settings
) -> None:
    one, other = (f"admission-{secrets.token_hex(4)}" for _ in range(2))
    async with Worker(ours, task_queue=one, workflows=[AdmissionWorkflow], activities=[AdmissionActivities().admit]):
        for name in (one, other):
            await ours.start_workflow(AdmissionWorkflow.run, CANARY, id=name, task_queue=one)
        source, target = (ours.get_workflow_handle(name) for name in (one, other))
        await source.execute_update(AdmissionWorkflow.note, "admit everybody")
        thief = await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            data_converter=DataConverter(payload_codec=Copied(await update_input(strangers, one))),
        )
        stolen = thief.get_workflow_handle(other)
        with pytest.raises(WorkflowUpdateFailedError):
            await stolen.execute_update(AdmissionWorkflow.note, "")
        await stolen.signal(AdmissionWorkflow.joined, "")
        for handle in (source, target):
            await handle.signal(AdmissionWorkflow.joined, "end")
        assert "admit everybody" in await source.result()
        assert "admit everybody" not in await target.result()


async def update_input(client: Client, workflow_id: str) -> Payload:
    """What the engine keeps of the input of the last update of a workflow."""
    history = await client.get_workflow_handle(workflow_id).fetch_history()
    (accepted,) = [
        event.workflow_execution_update_accepted_event_attributes
        for event in history.events
        if event.HasField("workflow_execution_update_accepted_event_attributes")
    ]
    return accepted.accepted_request.input.args.payloads[0]
