"""Workflows on the time-skipping server, with an installation that lives in memory and people played by updates."""

from collections.abc import AsyncIterator

import pytest

from tests.workflows.court import Court, open_court


@pytest.fixture
async def court() -> AsyncIterator[Court]:
    """A court in memory: engine, workers, rooms, and every shipped type."""
    async with open_court() as opened:
        yield opened


@pytest.fixture
async def unanchored() -> AsyncIterator[Court]:
    """A court in which days pass: without a batch every ten minutes of them, for nobody waits for its anchor."""
    async with open_court(batches_every=None) as opened:
        yield opened
