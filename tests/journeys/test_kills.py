"""The worker is killed at every activity boundary of the conciliation; the world must look as if it never was.

The same of every other type is a command of its own, `python -m bench.kills`.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bench.installation import prepare
from bench.kills import hold_under_kills
from deploy.stack import Stack
from tests.journeys.conftest import House, open_house


@pytest.fixture
async def lonely_house(own_stack: Stack) -> AsyncIterator[House]:
    """Servers of its own: another worker on the same queues would do, unkilled, what this one is killed for."""
    await asyncio.to_thread(prepare, own_stack)
    async with open_house(own_stack) as opened:
        yield opened


@pytest.mark.timeout(1500)  # about a hundred deaths, and each is found out after seconds
async def test_a_conciliation_survives_a_kill_at_every_activity_boundary(lonely_house: House, tmp_path: Path) -> None:
    found = await hold_under_kills(lonely_house, "conciliation", tmp_path)

    assert found.broken == ()
    assert found.verdict == "PASSED"
    assert found.struck_on_one_side_only == set()
    assert len(found.boundaries) > 80, found.boundaries
