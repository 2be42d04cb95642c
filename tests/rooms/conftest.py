"""A media process for a module's tests, and people who come to it."""

import itertools
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession

from bench.rooms.clips import SMALL
from bench.rooms.house import House
from bench.rooms.person import Person
from rooms.protocol import Fact

_procedures = (f"prc_{n}" for n in itertools.count(1))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test with a media process holds live media."""
    for item in items:
        if isinstance(item, pytest.Function) and {"shared_house", "own_house"} & set(item.fixturenames):
            item.add_marker(pytest.mark.live_media)


def running(directory: Path) -> Iterator[House]:
    """A media process until the iterator is closed."""
    house = House(directory)
    house.start()
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture(scope="module")
def shared_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A media process that the tests of a module share, because starting one takes longer than most of them."""
    yield from running(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(shared_house: House) -> House:
    """The shared media process with a procedure that no other test uses."""
    shared_house.procedure = next(_procedures)
    return shared_house


@pytest.fixture
def own_house(tmp_path: Path) -> Iterator[House]:
    """A media process for one test, which may kill it or follow all its facts."""
    yield from running(tmp_path)


@pytest_asyncio.fixture
async def facts(own_house: House) -> AsyncIterator[AsyncGenerator[Fact, None]]:
    """What the sidecar of the test's own house hears."""
    async with aclosing(own_house.client.facts()) as facts:
        yield facts


@pytest_asyncio.fixture
async def person() -> AsyncIterator[Callable[..., Person]]:
    """Makes people who come to a house; they go when the test ends."""
    people: list[Person] = []
    async with ClientSession() as session:

        def make(house: House, seed: int = 0, camera: bool = True) -> Person:
            people.append(Person(session, house.url, seed, SMALL if camera else None))
            return people[-1]

        yield make
        for somebody in people:
            await somebody.vanish()
