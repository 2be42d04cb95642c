"""Journeys: real engine, database, store, chain, mailbox and PKI, real workers in their own processes."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bench.installation import House, WorkerProcess, open_house, prepare
from deploy.stack import Stack

__all__ = ["House", "WorkerProcess", "open_house"]


@pytest.fixture(scope="session")
def prepared(servers: Stack) -> Stack:
    """The session's servers with schema and contract."""
    prepare(servers)
    return servers


@pytest.fixture
async def house(prepared: Stack) -> AsyncIterator[House]:
    async with open_house(prepared) as opened:
        yield opened


@pytest.fixture
def worker(prepared: Stack) -> Iterator[WorkerProcess]:
    process = WorkerProcess(prepared)
    process.start()
    yield process
    process.kill()
