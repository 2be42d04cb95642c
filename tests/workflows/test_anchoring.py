"""The schedule of the anchoring on a real engine: no refusal ends it, settings reach it, the endless run is gone."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import ActivityEnvironment

from activities.anchoring import Anchoring
from activities.orders import AnchorBatch
from adapters.memory import MemoryChain
from bench.recording import PAPER
from domain.ids import ProcedureId, Sha256
from rehearsal.acting import Play
from tests.workflows.court import Court, open_court
from tests.workflows.engines import handing_over_after
from workflows.engine.queues import PROCEDURES
from workflows.schedules import ANCHORING_ID, keep_anchoring

EVERY = timedelta(seconds=1)
PATIENCE = timedelta(minutes=10)


async def eventually(holds: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(300):
        if await holds():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("half a minute has passed")


async def queue(court: Court, name: str) -> None:
    await court.installation.batches.add_leaf(ProcedureId(name), Sha256("ab" * 32))


async def all_anchored(court: Court) -> None:
    async def none_waits() -> bool:
        return (await court.installation.batches.waiting()).leaves == 0

    await eventually(none_waits)


async def test_a_refusal_of_the_chain_ends_nothing_and_a_restart_begins_where_the_last_run_stopped() -> None:
    async with open_court(handing_over_after(10_000), EVERY) as court:
        chain, batches = court.installation.chain, court.installation.batches
        assert isinstance(chain, MemoryChain)
        for name in ("prc_1", "prc_2"):
            await queue(court, name)
            await all_anchored(court)
        chain.refuses = "anchor_account_empty"
        await queue(court, "prc_3")

        async def refused() -> bool:
            return (await batches.waiting()).code == "anchor_account_empty"

        await eventually(refused)
        await queue(court, "prc_4")
        await keep_anchoring(court.environment.client, EVERY, PATIENCE)  # what a worker does that starts again
        await asyncio.sleep(3)
        assert (await batches.waiting()).leaves == 2
        chain.refuses = None
        await all_anchored(court)

        assert (await batches.waiting()).code is None
        assert [one.name for one in await batches.anchored_last(9)] == ["b2", "b1", "b0"]
        described = await court.environment.client.get_schedule_handle(ANCHORING_ID).describe()
        assert len(described.info.running_actions) <= 1


async def test_another_interval_takes_effect_at_the_next_start_and_a_pause_by_hand_stays() -> None:
    async with open_court(handing_over_after(10_000), timedelta(hours=1)) as court:
        client = court.environment.client
        schedule = client.get_schedule_handle(ANCHORING_ID)
        await schedule.pause(note="the chain is being moved")
        await keep_anchoring(client, EVERY, PATIENCE)
        kept = (await schedule.describe()).schedule
        assert [one.every for one in kept.spec.intervals] == [EVERY]
        assert (kept.state.paused, kept.state.note) == (True, "the chain is being moved")
        await queue(court, "prc_1")
        await schedule.unpause()
        await all_anchored(court)


async def test_the_endless_run_of_before_is_ended_by_the_worker_that_starts() -> None:
    async with open_court(handing_over_after(10_000), EVERY) as court:
        client = court.environment.client
        old = await client.start_workflow("AnchoringWorkflow", id="anchoring", task_queue=PROCEDURES)

        for _ in range(2):
            await keep_anchoring(client, EVERY, PATIENCE)

        assert (await old.describe()).status is WorkflowExecutionStatus.TERMINATED


async def test_a_procedure_that_nobody_tells_finds_its_anchor_by_itself() -> None:
    async with open_court(batches_every=None) as court:
        room = await court.summon("life_certificate", "prc_untold")
        _, closed = await asyncio.gather(anchor_and_say_nothing(court), Play(room, "untold", paper=PAPER).whole())
        assert closed.anchor is not None and closed.bundle is not None


async def anchor_and_say_nothing(court: Court) -> None:
    """What a run does that dies after it has kept the proof."""
    here = court.installation

    async def one_waits() -> bool:
        return (await here.batches.waiting()).leaves == 1

    await eventually(one_waits)
    anchoring, batch = Anchoring(here.batches, here.chain, here.authority), await here.batches.close_batch()
    assert batch is not None
    order = AnchorBatch(batch=batch.name, root=batch.root, size=len(batch.leaves), patience=PATIENCE)
    await ActivityEnvironment().run(anchoring.anchor_batch, order)
