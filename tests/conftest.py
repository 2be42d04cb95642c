"""What every kind of test shares: the real servers of the local stack, each started when first asked for."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.installation import prepare, settings_of
from deploy.stack import Stack
from settings import Settings

LONGEST_FIRST = (
    "tests/journeys/test_kills.py",
    "tests/api/test_described.py",
    "tests/api/test_matrix.py",
    "tests/workflows/test_fault_matrix.py",
    "tests/pages/test_accessibility.py",
    "tests/journeys/test_restore.py",
)
"""Files of minutes: begun last, one processor would wait for them alone.

Kills and faults wait more than they work: beside each of them stands one that works, not the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        file = item.nodeid.partition("::")[0]
        return LONGEST_FIRST.index(file) if file in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What has been collected stays: looking through it for garbage after each module took half a second each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One local stack for the whole session, with nothing running in it yet.

    A test, or a fixture of its own, says what it needs: `servers.need("postgres", "s3")`. What runs already
    is shared, so leave servers as you found them: own database schema, own keys, own Temporal task queue.
    """
    with Stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="session")
def in_order(servers: Stack) -> Stack:
    """The session's servers with schema, contract, and people who can sign in."""
    prepare(servers, people=True)
    return servers


@pytest.fixture(scope="session")
def settings(servers: Stack) -> Settings:
    """The settings that every process of that stack would read."""
    return settings_of(servers)


@pytest.fixture(scope="module", autouse=True)
def nothing_left_open() -> Iterator[None]:
    """A connection or file that a module leaves open fails that module, not a later one that happens to find it."""
    yield
    gc.collect()


@pytest.fixture
def own_stack(tmp_path: Path) -> Iterator[Stack]:
    """A stack for one test alone, to kill and stop at will."""
    with Stack(tmp_path) as stack:
        yield stack


def eventually(holds: Callable[[], bool]) -> None:
    """Return once it holds; a test that waits half a minute for it has failed."""
    latest = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < latest
        time.sleep(0.05)
