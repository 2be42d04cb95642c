"""Whoever leaves a computer, or whose session ends by itself, leaves nothing at it."""

import asyncio

from adapters.postgres.database import Database
from tests.api.people import CLERK, House
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
