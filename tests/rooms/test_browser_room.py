"""The room in real browsers: Chromium with a fake camera, the module as pages load it, under a strict CSP."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from bench.rooms.browsers import CHROMIUM, FLAGS, page_server
from bench.rooms.house import House
from bench.rooms.relay import relay_at
from domain.ids import RoomId, private_room
from domain.ports.media import MOVED


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def enter(browser: Browser, address: str, house: House, who: str, relay: Mapping[str, Any] | None = None) -> Page:
    """`relay`: media go over it, and no other way."""
    page = await browser.new_page(viewport={"width": 640, "height": 720})
    over = f"&relay={quote(json.dumps(relay))}" if relay else ""
    await page.goto(f"{address}/?who={who}{over}#{house.url}")
    return page


async def frames_decoded(page: Page) -> dict[str, int]:
    """Frames shown so far, of each other participant."""
    stats: dict[str, Any] = await page.evaluate("window.room.stats()")
    video = [entry for entry in stats["received"] if entry["kind"] == "video"]
    return {entry["participant"]: entry.get("framesDecoded", 0) for entry in video}


async def sees(page: Page, others: set[str]) -> None:
    """Wait until ten more frames of each of `others`, and of nobody else, have been decoded."""
    async with asyncio.timeout(20):
        before = await frames_decoded(page)
        while True:
            now = await frames_decoded(page)
            if now.keys() == others and all(now[who] >= before.get(who, 0) + 10 for who in others):
                return
            await asyncio.sleep(0.2)


async def until(page: Page, condition: str) -> None:
    """Wait until `condition` holds. (Playwright's own waiting evaluates text in the page, which the CSP forbids.)"""
    async with asyncio.timeout(20):
        while not await page.evaluate(condition):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_three_browsers_see_each_other_and_a_fourth_without_camera_waits_to_be_admitted(
    house: House, browser: Browser
) -> None:
    async with page_server(house) as address:
        pages = {who: await enter(browser, address, house, who) for who in ("p1", "p2", "p3")}
        waiting = await enter(browser, address, house, "w4")
        for who, page in pages.items():
            await sees(page, pages.keys() - {who})
            assert await page.evaluate("window.errors") == []
        await until(waiting, "window.room.state === 'waiting'")
        assert await waiting.evaluate("window.room.participants") == []
        assert {"admitted", "live"}.isdisjoint(await waiting.evaluate("window.states"))

        tiles = pages["p1"].get_by_label("Persona p2")
        assert await tiles.count() == 1
        await house.client.pause(house.room, True)
        await until(pages["p2"], "window.paused === true && !window.room.participants.length")
        await house.client.pause(house.room, False)
        await until(pages["p2"], "window.paused === false && window.room.participants.length === 2")
        await pages["p2"].evaluate("window.room.setMicrophone(false)")
        await pages["p1"].wait_for_selector("[data-participant=p2][data-audio=off] >> text=Microphone off")
        await pages["p3"].evaluate("window.room.setCamera(false)")
        await pages["p1"].wait_for_selector("[data-participant=p3][data-video=off] >> text=Camera off")

        still = await house.client.grab_still(house.room, "p1")
        assert still.width >= 320 and still.png.startswith(b"\x89PNG")

        await house.client.admit(house.room, "w4")
        await until(waiting, "window.room.state === 'live'")
        await pages["p3"].evaluate("window.room.setCamera(true)")
        await sees(waiting, {"p1", "p2", "p3"})
        assert (await waiting.evaluate("window.states"))[:2] == ["connecting", "waiting"]


async def test_a_browser_that_may_only_use_the_relay_shows_it_alone_and_sees_and_is_seen(
    house: House, browser: Browser, tmp_path: Path
) -> None:
    """By UDP, and by TCP as from behind a firewall."""
    with relay_at(tmp_path, "127.0.0.1") as relay:
        async with page_server(house) as address:
            ways: dict[str, Mapping[str, Any] | None] = {
                "p1": None,
                "p2": relay.server("udp"),
                "p3": relay.server("tcp"),
            }
            pages = {who: await enter(browser, address, house, who, over) for who, over in ways.items()}
            for who, page in pages.items():
                await sees(page, pages.keys() - {who})
                way = (await page.evaluate("window.room.stats()"))["way"]
                assert (way == "relay") is (ways[who] is not None), way


async def test_browsers_come_back_by_themselves_after_a_crash_and_stay_away_when_dismissed(
    own_house: House, browser: Browser
) -> None:
    async with page_server(own_house) as address:
        clerk = await enter(browser, address, own_house, "clerk")
        citizen = await enter(browser, address, own_house, "citizen")
        await sees(clerk, {"citizen"})
        own_house.kill()
        await until(clerk, "window.room.state === 'reconnecting'")
        await asyncio.to_thread(own_house.start)
        await sees(clerk, {"citizen"})
        await sees(citizen, {"clerk"})

        await own_house.client.dismiss(own_house.room, "citizen", "heard")
        await until(citizen, "window.room.state === 'closed'")
        assert await citizen.evaluate("window.room.local.stream.getTracks().length") == 0
        await until(clerk, "window.room.participants.length === 0")


async def frames_received(page: Page) -> int:
    """Video frames of anybody that have arrived on the present connection."""
    return sum((await frames_decoded(page)).values())


async def test_browsers_of_lawyer_and_client_go_to_their_room_and_come_back_by_themselves(
    own_house: House, browser: Browser
) -> None:
    rooms: dict[str, RoomId] = {}
    private = private_room(own_house.procedure, 1)
    async with page_server(own_house, rooms) as address:
        pages = {who: await enter(browser, address, own_house, who) for who in ("clerk", "lawyer", "client")}
        for who, page in pages.items():
            await sees(page, pages.keys() - {who})

        await own_house.client.open_room(private)
        rooms.update(lawyer=private, client=private)
        for who in rooms:
            await own_house.client.dismiss(own_house.room, who, MOVED)
        await sees(pages["lawyer"], {"client"})
        await sees(pages["client"], {"lawyer"})
        await until(pages["clerk"], "window.room.participants.length === 0")
        received = await frames_received(pages["clerk"])
        await sees(pages["client"], {"lawyer"})
        assert await frames_received(pages["clerk"]) == received, "frames of the talk reach the main room"
        assert (await frames_decoded(pages["lawyer"])).keys() == {"client"}

        rooms.clear()
        await own_house.client.close_room(private, MOVED)
        for who, page in pages.items():
            await sees(page, pages.keys() - {who})
            assert "closed" not in await page.evaluate("window.states")
