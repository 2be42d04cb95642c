"""The simulator of registers in this process, for tests of whoever asks it."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from deploy.ecris.authorities import Authorities
from deploy.ecris.server import application


@pytest.fixture
async def simulator(tmp_path: Path) -> AsyncIterator[str]:
    """Its address; every authority answers at once."""
    served = application(Authorities(tmp_path, 0))
    server = uvicorn.Server(uvicorn.Config(served, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    for _ in range(500):
        await asyncio.sleep(0 if server.started else 0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await asyncio.to_thread(thread.join)
