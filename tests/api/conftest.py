"""The real application on a real port, before real servers and a real worker, and people who are signed in to it."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from adapters.postgres.database import Database
from api.app import create_app
from api.http.client_certificates import behind_proxies
from deploy.stack import Stack
from settings import Settings
from tests.api.people import House


@contextmanager
def serving(settings: Settings, logins: Path) -> Iterator[House]:
    """The application of `settings` on a free port, in a thread of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mine = settings.model_copy(update={"api_port": port, "public_url": f"http://127.0.0.1:{port}"})
    app = create_app(mine)
    served = behind_proxies(app, mine.forwarded_allow_ips)
    server = uvicorn.Server(
        uvicorn.Config(served, "127.0.0.1", port, log_config=None, timeout_graceful_shutdown=2, proxy_headers=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the application did not start"
        time.sleep(0.02)
    house = House(app, mine, logins)
    try:
        yield house
    finally:
        house.close()
        server.should_exit = True
        thread.join(15)


@pytest.fixture(scope="session")
def prepared(in_order: Stack) -> Stack:
    """Every server, a worker and the anchoring, with the accounts of the seed."""
    in_order.need("worker", "anchoring")
    return in_order


@pytest.fixture(scope="session")
def house(prepared: Stack, settings: Settings) -> Iterator[House]:
    """The application, its address, and everybody who may knock."""
    with serving(settings, prepared.var / "logins.json") as house:
        yield house


@pytest.fixture
def rooms(prepared: Stack) -> Iterator[None]:
    """The live rooms; other tests of this folder do without."""
    prepared.need("rooms", "rooms-sidecar")
    yield
    for part in ("rooms-sidecar", "rooms"):
        prepared.supervisor.stop(part)


@pytest.fixture(autouse=True)
def everybody_forgets(request: pytest.FixtureRequest) -> None:
    """The tests knock more often than people do; each begins with nobody counted."""
    if "house" in request.fixturenames:
        asyncio.run(forget_tries(request.getfixturevalue("house").settings))


async def forget_tries(settings: Settings) -> None:
    async with Database.connect(settings.database_url, connections=1) as database:
        await database.execute("DELETE FROM rate_limits")
