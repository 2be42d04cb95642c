"""The engine may carry out any act twice, when a worker dies before it could report: the world must not notice."""

import pytest
import pytest_asyncio
from temporalio.client import WorkflowHistory

from activities.wiring import acts, room_acts
from adapters.memory import MemoryRecorder, MemoryRooms, memory_installation
from tests.activities.orders_of_a_conciliation import ANEW_EACH_TIME, World, carried_out, recorded

OWNERS = (
    "CaseFiles",
    "Notices",
    "Rooms",
    "Recordings",
    "Manifests",
    "Identification",
    "Documents",
    "Signing",
    "MinutesWriting",
    "Evidence",
    "Anchoring",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def history() -> WorkflowHistory:
    return await recorded()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twice(history: WorkflowHistory) -> World:
    return await carried_out(history, 2)


@pytest.mark.parametrize("owner", OWNERS)
async def test_an_act_done_again_answers_the_same(twice: World, owner: str) -> None:
    done = [act for act in twice.done if act.owner == owner]

    assert done, f"no order for {owner}"
    assert [act.activity for act in done if act.first != act.second] == []


async def test_when_everything_is_done_twice_the_world_holds_what_it_holds_when_done_once(
    twice: World, history: WorkflowHistory
) -> None:
    once = await carried_out(history, 1)

    assert [act.first for act in once.done] == [act.first for act in twice.done]
    held, expected = twice.contents(), once.contents()
    for adapter in expected:
        assert held[adapter] == expected[adapter], adapter
    assert expected["MemoryMailbox"]["delivered"] and expected["MemoryBatches"]["_proofs"]


async def test_every_act_that_a_worker_serves_was_done(twice: World) -> None:
    installation = memory_installation({})
    served = acts(installation)
    every = {m.__name__ for m in (*served.procedures, *served.crypto, *served.documents, *served.anchoring)}
    every |= {m.__name__ for m in room_acts(installation, MemoryRooms(), MemoryRecorder(installation.recordings))}

    # Nobody is sent out of a conciliation that goes well, or muted; it knows no recess, no term of days and no second
    # run; in it no face is compared, and no register asked (`test_identified_by_face.py`,
    # `test_records_asked_once.py`).
    # Mails about accounts belong to no procedure (`tests/workflows/test_account_notices.py`).
    assert every - {act.activity for act in twice.done} == {
        "advise_on_stills",
        "dismiss_from_room",
        "find_account_notices",
        "mute_in_room",
        "pause_room",
        "read_state",
        "reckon_term",
        "resume_room",
        "send_account_notice",
        "write_record_report",
    }
    assert every >= ANEW_EACH_TIME


async def test_what_people_sign_and_the_seal_are_by_certificates_of_the_body_that_holds_the_act(twice: World) -> None:
    kept = [content for content, _ in twice.contents()["MemoryVault"]["_objects"].values() if content[:2] != b"PK"]
    lines = {line.decode() for one in kept for line in one.splitlines() if line.startswith(b"signed ")}
    by = {who: {line.rsplit(" with ", 1)[1] for line in lines if f"signed {who}-" in line} for who in ("act", "seal")}
    assert by == {"act": {"acts-peace-court-lira"}, "seal": {"seal-peace-court-lira"}}
