"""The worker is killed at every activity boundary of the conciliation; the world must look as if it never was."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.installation import prepare
from bench.papers import scanned_page
from bench.trust import verdict_on
from deploy.stack import Stack
from rehearsal.acting import Play
from tests.journeys.conftest import House, WorkerProcess, open_house


@pytest.fixture
async def lonely_house(own_stack: Stack) -> AsyncIterator[House]:
    """Servers of its own: another worker on the same queues would do, unkilled, what this one is killed for."""
    await asyncio.to_thread(prepare, own_stack)
    async with open_house(own_stack) as opened:
        yield opened


@pytest.mark.timeout(1500)  # about a hundred deaths, and each is found out after seconds
async def test_a_conciliation_survives_a_kill_at_every_activity_boundary(lonely_house: House, tmp_path: Path) -> None:
    house = lonely_house
    struck = tmp_path / "struck"
    worker = WorkerProcess(house.stack, "-m", "bench.faulty_worker")
    worker.start(ESTRADO_STRUCK=os.fspath(struck))
    try:
        room = await house.summon("conciliation", "prc_kills")
        room.patience = 300  # the automatic tail alone is killed more than twenty times
        closed = await Play(room, "kills", paper=scanned_page()).whole()
    finally:
        worker.kill()
    boundaries = struck.read_text().splitlines()

    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert inspection.broken == []
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, tmp_path)
    assert verdict["verdict"] == "PASSED"
    assert {line.partition(" ")[2] for line in boundaries if line.startswith("before")} == {
        line.partition(" ")[2] for line in boundaries if line.startswith("after")
    }
    assert len(boundaries) > 80, boundaries
