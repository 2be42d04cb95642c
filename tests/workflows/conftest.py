"""Workflows on the time-skipping server, with an installation that lives in memory and people played by updates."""

from collections.abc import AsyncIterator

import pytest

from tests.workflows.court import Court, open_court


@pytest.fixture
async def court() -> AsyncIterator[Court]:
    """A court in memory: engine, workers, rooms, and every shipped type."""
    async with open_court() as opened:
        yield opened
