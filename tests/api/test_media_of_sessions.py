"""Over HTTP and the rooms' socket: however a session ends, its media end, and its pass opens nothing."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from adapters.postgres.database import Database
from domain.access.accounts import LIFETIMES, SessionKind
from tests.api.people import CLERK, House, fresh
from tests.api.test_seat_taken_over import admitted

End = Callable[[House, httpx.Client], None]


def signs_out(_: House, clerk: httpx.Client) -> None:
    assert clerk.delete("/api/v1/sessions/current").status_code == 204


def leaves_by_the_page(_: House, clerk: httpx.Client) -> None:
    answer = clerk.post("/staff/out", data={"csrf": clerk.headers["X-CSRF-Token"]})
    assert answer.status_code in (200, 303), answer.text


def signs_in_anew(house: House, clerk: httpx.Client) -> None:
    said = {"login": CLERK, "password": house.password(CLERK)}
    assert clerk.post("/api/v1/sessions", json=said, headers=fresh()).status_code == 201


def is_ended_from_elsewhere(house: House, clerk: httpx.Client) -> None:
    [mine] = [one for one in clerk.get("/api/v1/own-sessions").json() if one["current"]]
    elsewhere = house.another(CLERK)
    assert elsewhere.delete(f"/api/v1/own-sessions/{mine['id']}").status_code == 204


def lies_idle(house: House, clerk: httpx.Client) -> None:
    [mine] = [one for one in clerk.get("/api/v1/own-sessions").json() if one["current"]]

    async def nothing_for_half_an_hour() -> None:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            await database.execute(
                "UPDATE sessions SET last_seen_at = last_seen_at - $2::interval WHERE id = $1",
                mine["id"],
                LIFETIMES[SessionKind.STAFF].idle + timedelta(seconds=1),
            )

    asyncio.run(nothing_for_half_an_hour())


def passed(client: httpx.Client, procedure: str) -> dict[str, str]:
    answer = client.post(f"/api/v1/procedures/{procedure}/room-token", headers=fresh())
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def comes_in(session: ClientSession, room: dict[str, str]) -> ClientWebSocketResponse:
    socket = await session.ws_connect(room["url"])
    await socket.send_json({"type": "join", "token": room["token"]})
    return socket


async def hears(socket: ClientWebSocketResponse, *kinds: str) -> dict[str, Any]:
    async with asyncio.timeout(15):
        while (said := json.loads((await socket.receive()).data))["type"] not in kinds:
            pass
    return dict(said)


async def how_it_ends(client: httpx.Client, procedure: str, end: Callable[[], None]) -> tuple[str, str]:
    """Why a live connection was closed, and why a pass that was given out before is refused."""
    used, unused = passed(client, procedure), passed(client, procedure)
    async with ClientSession() as session:
        socket = await comes_in(session, used)
        await hears(socket, "offer", "waiting")
        await asyncio.to_thread(end)
        closed = await hears(socket, "closed")
        refused = await hears(await comes_in(session, unused), "refused")
    return str(closed["reason"]), str(refused["reason"])


@pytest.mark.usefixtures("rooms")
def test_however_a_session_ends_its_media_end(house: House) -> None:
    procedure = house.conciliation()
    citizen = admitted(house, procedure)
    ends: tuple[End, ...] = (signs_out, leaves_by_the_page, signs_in_anew, is_ended_from_elsewhere, lies_idle)
    for end in ends:
        clerk = house.another(CLERK)
        seen = asyncio.run(how_it_ends(clerk, procedure, lambda end=end, clerk=clerk: end(house, clerk)))  # type: ignore[misc]
        assert seen == ("session_over", "session_over"), end.__name__

    def leaves() -> None:
        assert citizen.delete("/api/v1/citizen/sessions/current").status_code == 204

    assert asyncio.run(how_it_ends(citizen, procedure, leaves)) == ("session_over", "session_over")
