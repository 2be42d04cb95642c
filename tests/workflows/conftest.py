"""Workflows on the time-skipping server, with an installation that lives in memory and people played by updates."""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment

import agenda_types
import procedure_types
import territories
from adapters.memory import memory_installation
from tests.workflows.court import Court
from worker import keep_anchoring


def server_binary() -> str:
    """The time-skipping test server that its package put beside the interpreter."""
    found = shutil.which("temporal-test-server", path=str(Path(sys.executable).parent))
    assert found is not None
    return found


@pytest.fixture
async def court() -> AsyncIterator[Court]:
    """A court in memory: engine, workers, rooms, and every shipped type."""
    async with AsyncExitStack() as stack:
        environment = await stack.enter_async_context(
            await WorkflowEnvironment.start_time_skipping(
                test_server_existing_path=server_binary(), data_converter=pydantic_data_converter
            )
        )
        items = agenda_types.load()
        court = Court(
            environment,
            memory_installation(territories.load()),
            {id: procedure_types.resolve(kind, items) for id, kind in procedure_types.load().items()},
        )
        for worker in court.workers():
            await stack.enter_async_context(worker)
        await keep_anchoring(environment.client, timedelta(minutes=10))
        yield court
