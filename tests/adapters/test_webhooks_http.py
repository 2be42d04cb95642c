"""Webhooks over real HTTP: what is sent arrives as it is, and nothing leads the sender astray."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.webhooks.http import AddressRefused, CheckedResolver, WebhooksHttp


class System:
    """A server on loopback that notes what it is sent."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str | None, bytes]] = []
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def take(self, request: web.Request) -> web.Response:
        self.heard.append((request.path, request.headers.get("webhook-id"), await request.read()))
        if request.path == "/moved":
            return web.Response(status=302, headers={"Location": f"{self.url}/elsewhere"})
        return web.Response(status=int(request.path.strip("/")))


@pytest.fixture
async def system() -> AsyncIterator[System]:
    system = System()
    app = web.Application()
    app.router.add_post("/{tail:.*}", system.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    system.port = runner.addresses[0][1]
    yield system
    await runner.cleanup()


async def test_what_is_sent_arrives_byte_by_byte_and_the_status_comes_back(system: System) -> None:
    sender = WebhooksHttp(private=True)
    for status in ("204", "200", "500", "410"):
        assert await sender.post(f"{system.url}/{status}", {"webhook-id": "msg_1"}, b'{"a":1}') == status
    assert system.heard[0] == ("/204", "msg_1", b'{"a":1}')


async def test_a_redirection_is_an_answer_and_is_not_followed(system: System) -> None:
    assert await WebhooksHttp(private=True).post(f"{system.url}/moved", {}, b"") == "302"
    assert [path for path, *_ in system.heard] == ["/moved"]


async def test_nobody_there_is_no_answer(system: System) -> None:
    assert await WebhooksHttp(private=True).post("http://127.0.0.1:1/x", {}, b"") == "no_answer"


async def test_a_name_that_leads_into_the_house_is_found_out_when_it_is_called(system: System) -> None:
    assert await WebhooksHttp().post(f"https://localhost:{system.port}/200", {}, b"") == "address_refused"
    assert await WebhooksHttp().post(f"https://127.0.0.1:{system.port}/200", {}, b"") == "address_refused"
    assert system.heard == []
    with pytest.raises(AddressRefused):
        await CheckedResolver().resolve("localhost")
