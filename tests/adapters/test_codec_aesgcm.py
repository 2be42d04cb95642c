"""What Temporal keeps of us: nothing readable, nothing that was not written by us, and keys that can be rotated."""

from pathlib import Path

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.converter import DataConverter, WorkflowSerializationContext
from temporalio.exceptions import ApplicationError

from adapters.engine.codec import BOUND_TO, data_converter
from domain.errors import PersonMustAct
from domain.journal.register import PrivatePart
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
