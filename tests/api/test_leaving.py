"""Whoever leaves a computer, or whose session ends by itself, leaves nothing at it."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from adapters.postgres.database import Database
from tests.api.people import CLERK, House, fresh
from tests.api.test_live import Page


def test_leaving_forgets_the_language_that_the_person_read(house: House) -> None:
    procedure = house.conciliation_once()
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    citizen.get("/language/en")
    assert citizen.cookies["estrado-language"] == "en"
    csrf = citizen.headers["X-CSRF-Token"]
    assert citizen.post("/leave", data={"csrf": csrf}).status_code == 303
    assert "estrado-language" not in citizen.cookies
    assert "estrado-device" in citizen.cookies


def test_a_session_that_ended_by_itself_is_forgotten_as_one_that_was_left(house: House) -> None:
    procedure = house.conciliation_once()
    citizen = house.citizen(procedure, "p1")
    citizen.get("/language/en")
    asyncio.run(end_sessions_of(house, procedure))
    answer = citizen.get("/citizen", headers={"accept": "text/html"})
    assert answer.headers["location"] == "/code?again=1"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "estrado-language" not in citizen.cookies
    assert "estrado" not in citizen.cookies


def test_the_other_pages_of_a_session_are_told_that_it_is_over(house: House) -> None:
    page = Page(house.another(CLERK), "/events?board=1")
    page.close()
    assert page.events[-1] == {}
    assert page.last_event == "over"


async def end_sessions_of(house: House, procedure: str) -> None:
    async with Database.connect(house.settings.database_url, connections=1) as database:
        await database.execute("DELETE FROM sessions WHERE procedure = $1", procedure)


def by_a_program(client: httpx.Client, code: str) -> int:
    return client.post("/api/v1/citizen/sessions", json={"code": code}, headers=fresh()).status_code


def by_the_page(client: httpx.Client, code: str) -> int:
    return client.post("/code", data={"code": code}).status_code


def is_in(client: httpx.Client) -> bool:
    return client.get("/api/v1/sessions/current").status_code == 200


@pytest.mark.parametrize("sits_down", [by_a_program, by_the_page])
def test_whoever_sits_down_ends_the_session_of_who_sat_there_before(
    house: House, sits_down: Callable[[httpx.Client, str], int]
) -> None:
    """A neighbour who forgot to leave, or a member of staff who tried something at the office computer."""
    procedure = house.conciliation()
    for computer in (house.citizen(procedure, "p1"), house.another(CLERK)):
        left = house.client()
        left.cookies.update(computer.cookies)
        assert sits_down(computer, "0000-0000-0000") == 401
        assert is_in(left)
        assert sits_down(computer, house.code(procedure, "p2")) in (201, 303)
        assert (is_in(computer), is_in(left)) == (True, False)
        computer.headers["X-CSRF-Token"] = computer.get("/api/v1/sessions/current").json()["csrf"]
        assert sits_down(computer, house.code(procedure, "p2")) in (201, 303)
        assert is_in(computer), "the same seat, taken again"
