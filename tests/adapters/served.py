"""A simulator served within the test."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from deploy.keys import write_private

TOKEN = "known"


@asynccontextmanager
async def served(application: Callable[[Path], ASGIApp], directory: Path) -> AsyncIterator[str]:
    """The address of one that keeps in `directory` what it is sent, and knows who shows `TOKEN`."""
    write_private(directory / "token.txt", TOKEN.encode())
    server = uvicorn.Server(uvicorn.Config(application(directory), host="127.0.0.1", port=0, log_config=None))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells of it in no other way
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
