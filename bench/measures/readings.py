"""How many readings a second one process of the interface answers, beside one that looks nothing up."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench.demo.listening import free_port
from bench.measures.figures import Aim, Figure, quantile
from bench.regional.interface import key_shown
from deploy.place import LOOPBACK, PROJECT

SAID = "the same bytes, nothing looked up"
AT_ONCE = 8
"""Connections, each of which asks again once it is answered."""
WARM_UP = 50
SECONDS_TO_SERVE = 30


async def measure_readings(url: str, key: str, procedures: Sequence[str], folder: Path, *, times: int) -> list[Figure]:
    """Where these procedures stand, asked for in turn. `folder` is for what is written meanwhile."""
    asked = [f"/api/v1/procedures/{one}" for one in procedures]
    async with aiohttp.ClientSession(headers=key_shown(key)) as client:
        content = await _read(client, url + asked[0])
        kept = folder / "status.json"
        kept.write_bytes(content)
        async with _bare_interface(client, kept) as bare:
            ours = await _answered(client, [url + path for path in asked], times)
            floor = await _answered(client, [bare + path for path in asked], times)
    return [
        Figure("api_reads_per_second", ours.a_second, "1/s", floor.a_second, SAID, Aim(600, at_least=True)),
        Figure("api_read_p99_ms", ours.p99, "ms", floor.p99, SAID, Aim(50)),
    ]


class _Answered:
    def __init__(self, milliseconds: list[float], seconds: float) -> None:
        self.a_second = len(milliseconds) / seconds
        self.p99 = quantile(milliseconds, 0.99)


async def _answered(client: aiohttp.ClientSession, urls: Sequence[str], times: int) -> _Answered:
    for n in range(WARM_UP):
        await _read(client, urls[n % len(urls)])
    spent: list[float] = []
    turns = iter(range(times))

    async def ask() -> None:
        for n in turns:
            since = time.perf_counter()
            await _read(client, urls[n % len(urls)])
            spent.append(1000 * (time.perf_counter() - since))

    since = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(AT_ONCE)))
    return _Answered(spent, time.perf_counter() - since)


async def _read(client: aiohttp.ClientSession, url: str) -> bytes:
    async with client.get(url, raise_for_status=True) as answer:
        return await answer.read()


@asynccontextmanager
async def _bare_interface(client: aiohttp.ClientSession, content: Path) -> AsyncIterator[str]:
    port = free_port()
    program = ("-m", "bench.bare_interface", str(port), str(content))
    process = await asyncio.create_subprocess_exec(sys.executable, *program, cwd=PROJECT)
    url = f"http://{LOOPBACK}:{port}"
    try:
        async with asyncio.timeout(SECONDS_TO_SERVE):
            while not await _serves(client, url):  # noqa: ASYNC110 - it starts in another process
                await asyncio.sleep(0.05)
        yield url
    finally:
        process.kill()
        await process.wait()


async def _serves(client: aiohttp.ClientSession, url: str) -> bool:
    try:
        await _read(client, f"{url}/api/v1/procedures/any")
    except aiohttp.ClientConnectionError:
        return False
    return True
