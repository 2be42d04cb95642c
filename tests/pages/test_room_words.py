"""Why somebody is no longer in the room, in words, with the way back: the real page, script and media process."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from bench.rooms.house import House
from tests.pages.conftest import PaintedPages
from tests.pages.floor import asking_for_floor
from tests.pages.shown import looks, of_procedure
from tests.pages.test_citizen import held, room
from tests.templates.samples import Act

pytestmark = pytest.mark.live_media

LOOK = next(look for look in looks() if look.language == "es")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    house.start()
    yield house
    house.stop()


@pytest.fixture
def camera() -> Iterator[Browser]:
    fake = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=fake)
        yield browser
        browser.close()


def order(asked: Coroutine[Any, Any, None]) -> None:
    """The browser's own loop runs in this thread."""
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, asked).result()


CALLED = """Object.defineProperty(MediaStreamTrack.prototype, "label", { get: () => "%s" });"""


def console(act: Act) -> str:
    """The page of whoever holds it."""
    return next(html for name, html in of_procedure(act, act.procedure, len(act.events), LOOK) if name == "procedure")


def enter(tab: Page, house: House, address: str, who: str = "p1", **told: Any) -> None:
    def answer(route: Route) -> None:
        route.fulfill(json={"token": house.token(who, **told), "url": house.url})

    tab.route("**/room-token", answer)
    tab.goto(address)


def test_a_page_that_lost_the_room_says_why_and_leads_back(
    house: House, camera: Browser, painted: PaintedPages
) -> None:
    address = painted.put("room", room(held().procedure))
    context = camera.new_context()
    first, second = context.new_page(), context.new_page()
    enter(first, house, address)
    expect(first.locator("#room-state")).to_have_text("En la sala.", timeout=20_000)
    expect(first.locator("[data-test=room-back]")).to_be_hidden()
    enter(second, house, address)
    expect(first.locator("#room-state")).to_contain_text("La sala se ha abierto en otra ventana", timeout=20_000)
    first.wait_for_timeout(4000)  # longer than it waits before it tries again where that makes sense
    expect(second.locator("#room-state")).to_have_text("En la sala.")
    first.locator("[data-test=room-back]").click()
    expect(first.locator("#room-state")).to_have_text("En la sala.", timeout=20_000)
    expect(second.locator("[data-test=room-back]")).to_be_visible()

    order(house.client.pause(house.room, True))
    expect(first.locator("#room-state")).to_contain_text("Receso")
    order(house.client.pause(house.room, False))
    expect(first.locator("#room-state")).to_have_text("En la sala.")

    first.locator("[data-test=devices-open]").click()
    expect(first.locator("[data-test=device-videoinput] option")).not_to_have_count(0)
    order(house.client.dismiss(house.room, "p1", "seat_taken_over"))
    expect(first.locator("#room-state")).to_contain_text("Alguien se ha sentado con su citación")


def test_a_picture_says_whose_microphone_was_closed_who_speaks_and_how_well_they_are_connected(
    house: House, camera: Browser, painted: PaintedPages
) -> None:
    """Two people of flesh and a made-up camera: what each of them is told, and what whoever holds the act is told."""
    context = camera.new_context()
    clerk, party = context.new_page(), context.new_page()
    party.add_init_script(CALLED % "OBS Virtual Camera")
    enter(clerk, house, painted.put("clerk", console(asking_for_floor())), "p3", hosts=True)
    enter(party, house, painted.put("party", room(asking_for_floor().procedure)))
    theirs = clerk.locator('[data-participant="p1"] .room-tile__note')
    own = party.locator(".room-tile--self .room-tile__note")
    expect(theirs).to_contain_text("Tiene la palabra", timeout=20_000)
    expect(theirs).to_contain_text("cámara virtual")
    expect(theirs).to_contain_text("buena conexión", timeout=20_000)
    expect(own).to_contain_text("buena conexión")
    expect(party.locator('[data-participant="p3"] .room-tile__note')).not_to_contain_text("conexión")

    order(house.client.mute(house.room, ["p1"]))
    expect(theirs).to_contain_text("micrófono cerrado")
    expect(own).to_contain_text("micrófono cerrado")
    order(house.client.mute(house.room, []))
    expect(theirs).not_to_contain_text("cerrado")
    expect(own).not_to_contain_text("cerrado")
