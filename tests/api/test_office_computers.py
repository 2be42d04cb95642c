"""A browser becomes an office computer by a link that is good once; from it the desk can be called."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import httpx

from adapters.postgres.database import Database
from adapters.postgres.devices import DevicesPostgres
from domain.access.accounts import ENROLMENT_LINK
from domain.ids import AccountId, AdministrationId, OfficeId
from tests.api.people import OFFICE, OTHER_OFFICE, House
from tests.api.test_live import Page

HTML = {"accept": "text/html"}


def link_to(house: House, office: str = "ojm-vilar", label: str = "Cabina 7") -> str:
    async def make() -> str:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            devices = DevicesPostgres(database)
            now = datetime.now(UTC)
            made = await devices.enrol(AdministrationId("atlantia"), OfficeId(office), label, AccountId("acc_1"), now)
            return await devices.link(made.device.id, now)

    return asyncio.run(make())


def opened(house: House, link: str) -> httpx.Client:
    client = house.client(**HTML)
    assert client.post(f"/office-computer/{link}").headers["location"] == "/office-computer"
    return client


def test_a_link_makes_one_computer_and_is_not_what_that_keeps(house: House) -> None:
    link = link_to(house)
    first, second = house.client(**HTML), house.client(**HTML)
    asked = first.get(f"/office-computer/{link}")
    assert "Cabina 7 · " in asked.text
    assert "estrado-device" not in first.cookies
    first = opened(house, link)
    assert link not in first.cookies["estrado-device"]
    told = first.get("/office-computer").text
    assert re.search(r"Este equipo es ahora Cabina 7 · [^<]*Vilar", told)
    for again in (second.get(f"/office-computer/{link}"), second.post(f"/office-computer/{link}")):
        assert (again.status_code, "ya se usó" in again.text) == (404, True)
    assert "estrado-device" not in second.cookies
    assert house.client(**HTML).get("/office-computer").status_code == 404
    assert re.search(r'data-test="seat">(?s:.*)Cabina 7 · [^<]*Vilar', first.get("/").text)


def test_a_link_is_not_good_for_ever(house: House) -> None:
    async def spent() -> None:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            devices, now = DevicesPostgres(database), datetime.now(UTC)
            by = AccountId("acc_1")
            made = await devices.enrol(AdministrationId("atlantia"), OfficeId("ojm-lira"), "Cabina 8", by, now)
            link = await devices.link(made.device.id, now)
            assert await devices.linked(link, now)
            assert await devices.linked(link, now + ENROLMENT_LINK + timedelta(seconds=1)) is None
            later = await devices.link(made.device.id, now)
            assert await devices.use_link(link, now) is None
            assert await devices.find(made.token) == made.device
            used = await devices.use_link(later, now)
            assert used is not None
            assert await devices.find(made.token) is None
            assert await devices.find(used.token) == used.device
            await devices.revoke(made.device.id, now)

    asyncio.run(spent())


def test_whoever_needs_help_without_a_summons_calls_the_desk_and_is_told_when(house: House) -> None:
    # Others of these tests call from that office too: which call is meant is said by its computer.
    assert opened(house, link_to(house, label="Cabina 3")).post("/help").headers["location"] == "/help"
    at_vilar = opened(house, link_to(house, label="Cabina 9"))
    desk = house.staff(OFFICE)
    following = Page(house.another(OFFICE), "/events?board=1")
    assert "Cabina 9" not in desk.get("/desk").text
    assert at_vilar.post("/help").headers["location"] == "/help"
    assert 'data-test="office-called"' in at_vilar.get("/help").text
    shown = desk.get("/desk").text
    assert "Cabina 9 pide ayuda" in shown
    call = re.search(r'data-test="call-(dev_[0-9a-f]+)">Cabina 9 ', shown)
    assert call
    assert following.hears(1)
    elsewhere = house.staff(OTHER_OFFICE)
    assert "Cabina 9" not in elsewhere.get("/desk").text
    csrf = elsewhere.headers["X-CSRF-Token"]
    assert elsewhere.post(f"/desk/calls/{call[1]}", data={"csrf": csrf}).status_code == 404
    assert desk.post(f"/desk/calls/{call[1]}", data={"csrf": desk.headers["X-CSRF-Token"]}).status_code == 303
    assert "Cabina 9 pide ayuda" not in (still := desk.get("/desk").text) and "Cabina 3 pide ayuda" in still
    assert re.search(r"Cabina 9 · ayuda · a las [0-9:]+ acudió Xoel Vilas Mato", still)
    assert 'data-test="call-office"' in at_vilar.get("/help").text
    following.close()


def test_nobody_is_promised_help_where_nobody_can_be_called(house: House) -> None:
    at_home = house.client(**HTML)
    assert at_home.post("/help").headers["location"] == "/help"
    page = at_home.get("/help").text
    assert 'data-test="call-office"' not in page
    assert 'data-test="office-called"' not in page
