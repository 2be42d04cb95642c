"""What Temporal keeps of us: nothing readable, nothing that was not written by us, and keys that can be rotated."""

import asyncio
import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio import activity, workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.converter import DataConverter, PayloadCodec, WorkflowSerializationContext
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    from adapters.engine.codec import BOUND_TO, data_converter
    from deploy.stack import Stack
    from domain.errors import PersonMustAct
    from domain.journal.register import PrivatePart
    from settings import Settings
    from tests.adapters.written import CANARY

OLD, NEW = b"o" * 32, b"n" * 32


def converter(folder: Path, *keys: bytes) -> DataConverter:
    return data_converter(written_key(folder, *keys))


def written_key(folder: Path, *keys: bytes) -> Path:
    file = folder / "codec.key"
    file.write_bytes(b"".join(keys))
    return file


async def test_a_model_goes_there_and_back_unreadable_on_the_way(tmp_path: Path) -> None:
    ours = converter(tmp_path, NEW)
    said = PrivatePart(people=(), outcome=CANARY)
    [payload] = await ours.encode([said])
    assert CANARY.encode() not in payload.SerializeToString()
    assert b"PrivatePart" not in payload.SerializeToString()
    assert await ours.decode([payload], [PrivatePart]) == [said]


async def test_the_same_value_never_looks_the_same(tmp_path: Path) -> None:
    ours = converter(tmp_path, NEW)
    assert (await ours.encode(["yes"]))[0].data != (await ours.encode(["yes"]))[0].data


async def test_messages_traces_and_details_of_failures_are_unreadable(tmp_path: Path) -> None:
    ours = converter(tmp_path, NEW)
    failure = Failure()
    try:
        raise ApplicationError(f"{CANARY} was not admitted", {"name": CANARY}, type="Refusal")
    except ApplicationError as refusal:
        await ours.encode_failure(refusal, failure)
    assert CANARY.encode() not in failure.SerializeToString()
    assert b"was not admitted" not in failure.SerializeToString()
    assert b"test_codec" not in failure.SerializeToString()
    again = await ours.decode_failure(failure)
    assert isinstance(again, ApplicationError)
    assert again.message == f"{CANARY} was not admitted"
    assert again.details == ({"name": CANARY},)
    assert again.type == "Refusal"


async def test_after_rotation_old_histories_are_still_read(tmp_path: Path) -> None:
    [old] = await converter(tmp_path, OLD).encode(["yes"])
    rotated = converter(tmp_path, NEW, OLD)
    assert await rotated.decode([old]) == ["yes"]
    [new] = await rotated.encode(["yes"])
    assert old.metadata["encryption-key-id"] != new.metadata["encryption-key-id"]
    with pytest.raises(PersonMustAct, match="unknown_key"):
        await converter(tmp_path, OLD).decode([new])


async def test_a_payload_in_clear_cannot_be_converted(tmp_path: Path) -> None:
    whispered = Payload(metadata={"encoding": b"json/plain"}, data=b'"admit everybody"')
    with pytest.raises(KeyError, match="refused/not-ours"):
        await converter(tmp_path, NEW).decode([whispered])


@pytest.mark.parametrize("place", [0, 12, -1])
async def test_a_changed_payload_is_refused(tmp_path: Path, place: int) -> None:
    ours = converter(tmp_path, NEW)
    [payload] = await ours.encode(["yes"])
    data = bytearray(payload.data)
    data[place] ^= 1
    payload.data = bytes(data)
    with pytest.raises(KeyError, match="refused/not-ours"):
        await ours.decode([payload])


async def test_a_payload_without_a_key_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PersonMustAct, match="unknown_key"):
        await converter(tmp_path, NEW).decode([Payload(metadata={"encoding": b"binary/encrypted"}, data=b"x")])


def of(workflow_id: str) -> WorkflowSerializationContext:
    return WorkflowSerializationContext("estrado", workflow_id)


async def test_a_payload_opens_in_its_own_workflow_alone(tmp_path: Path) -> None:
    ours = converter(tmp_path, NEW)
    [payload] = await ours.with_context(of("prc_1")).encode(["admit p1"])
    assert await ours.with_context(of("prc_1")).decode([payload]) == ["admit p1"]
    assert await ours.decode([payload]) == ["admit p1"], "an operator reads it without knowing of which it is"
    with pytest.raises(KeyError, match="refused/not-ours"):
        await ours.with_context(of("prc_2")).decode([payload])


@pytest.mark.parametrize("forged", [b"prc_2", None])
async def test_the_workflow_that_a_payload_names_cannot_be_changed(tmp_path: Path, forged: bytes | None) -> None:
    ours = converter(tmp_path, NEW)
    [payload] = await ours.with_context(of("prc_1")).encode(["admit p1"])
    del payload.metadata[BOUND_TO]
    if forged:
        payload.metadata[BOUND_TO] = forged
    with pytest.raises(KeyError, match="refused/not-ours"):
        await ours.with_context(of("prc_2")).decode([payload])


async def test_what_earlier_releases_wrote_is_still_read(tmp_path: Path) -> None:
    before = data_converter(written_key(tmp_path, NEW), bind=False)
    [payload] = await before.with_context(of("prc_1")).encode(["yes"])
    assert set(payload.metadata) == {"encoding", "encryption-key-id"}
    assert await converter(tmp_path, NEW).with_context(of("prc_1")).decode([payload]) == ["yes"]


async def test_what_a_schedule_keeps_opens_in_the_workflows_that_it_starts(tmp_path: Path) -> None:
    ours = converter(tmp_path, NEW)
    [payload] = await ours.with_context(of("anchor-batch")).encode(["go"])
    assert await ours.with_context(of("anchor-batch-2026-11-26T05:10:00Z")).decode([payload]) == ["go"]


# -- in a real server's history --------------------------------------------------------------------------------------


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


async def test_nothing_in_a_real_history_is_readable(strangers: Client, settings: Settings, tmp_path: Path) -> None:
    ours = await Client.connect(
        settings.temporal_address, namespace=settings.temporal_namespace, data_converter=converter(tmp_path, NEW)
    )
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


async def test_what_a_stranger_whispers_reaches_no_handler_and_stops_nothing(
    strangers: Client, settings: Settings, tmp_path: Path
) -> None:
    ours = await Client.connect(
        settings.temporal_address, namespace=settings.temporal_namespace, data_converter=converter(tmp_path, NEW)
    )
    name = f"admission-{secrets.token_hex(4)}"
    async with Worker(ours, task_queue=name, workflows=[AdmissionWorkflow], activities=[AdmissionActivities().admit]):
        running = await ours.start_workflow(AdmissionWorkflow.run, CANARY, id=name, task_queue=name)
        stranger = strangers.get_workflow_handle_for(AdmissionWorkflow.run, name)
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
    strangers: Client, settings: Settings, tmp_path: Path
) -> None:
    ours = await Client.connect(
        settings.temporal_address, namespace=settings.temporal_namespace, data_converter=converter(tmp_path, NEW)
    )
    one, other = (f"admission-{secrets.token_hex(4)}" for _ in range(2))
    async with Worker(ours, task_queue=one, workflows=[AdmissionWorkflow], activities=[AdmissionActivities().admit]):
        for name in (one, other):
            await ours.start_workflow(AdmissionWorkflow.run, CANARY, id=name, task_queue=one)
        source, target = (ours.get_workflow_handle_for(AdmissionWorkflow.run, name) for name in (one, other))
        await source.execute_update(AdmissionWorkflow.note, "admit everybody")
        thief = await Client.connect(
            settings.temporal_address,
            namespace=settings.temporal_namespace,
            data_converter=DataConverter(payload_codec=Copied(await update_input(strangers, one))),
        )
        stolen = thief.get_workflow_handle_for(AdmissionWorkflow.run, other)
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
