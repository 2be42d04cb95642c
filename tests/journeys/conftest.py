"""Journeys: real engine, database, store, chain, mailbox and PKI, real workers in their own processes."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bench.installation import House, WorkerProcess, open_house
from deploy.stack import Stack

__all__ = ["House", "WorkerProcess", "open_house"]


@pytest.fixture
async def house(in_order: Stack) -> AsyncIterator[House]:
    async with open_house(in_order) as opened:
        yield opened


@pytest.fixture
def worker(in_order: Stack) -> Iterator[WorkerProcess]:
    process = WorkerProcess(in_order)
    process.start()
    yield process
    process.kill()
