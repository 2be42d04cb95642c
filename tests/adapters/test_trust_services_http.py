"""Answers of trust services over real HTTP: as much as they may be, however they are sent."""

import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.signing.http import LARGEST_ANSWER, HttpClient, HttpRefused

SENT = LARGEST_ANSWER + 1


async def told(request: web.Request) -> web.Response:
    return web.Response(body=b"\0" * int(request.query["size"]))


async def unsaid(request: web.Request) -> web.StreamResponse:
    """Without a length, until whoever asked has enough."""
    answer = web.StreamResponse()
    answer.enable_chunked_encoding()
    await answer.prepare(request)
    for _ in range(SENT // 65536 + 1):
        await answer.write(b"\0" * 65536)
    return answer


async def packed(request: web.Request) -> web.Response:
    return web.Response(body=zlib.compress(b"\0" * SENT), headers={"Content-Encoding": "deflate"})


@pytest.fixture
async def service() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([web.get("/told", told), web.get("/unsaid", unsaid), web.get("/packed", packed)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("path", [f"told?size={SENT}", "unsaid", "packed"])
async def test_an_endless_answer_is_refused_while_it_is_read(service: str, path: str) -> None:
    client = HttpClient()
    try:
        with pytest.raises(HttpRefused) as refused:
            await client.get(f"{service}/{path}")
        assert refused.value.status == 413
        assert len(await client.get(f"{service}/told?size={LARGEST_ANSWER}")) == LARGEST_ANSWER
    finally:
        await client.close()
