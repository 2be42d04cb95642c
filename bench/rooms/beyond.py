"""Somebody with a browser, perhaps beyond a bad cable: joins a room, and tells how it went.

`python -m bench.rooms.beyond` reads one JSON object: `address` of the page, `room` (the media process), `who`, `relay`
(or null), `warm_up` and `seconds`. It prints another, a `Seen`, whatever happened, and stays until its input ends:
whoever goes first would end what the other measures.
"""

import asyncio
import json
import sys
import time
from typing import Any, TypedDict
from urllib.parse import quote

from playwright.async_api import Page, async_playwright

from bench.rooms.browsers import CHROMIUM, FLAGS


class Seen(TypedDict):
    first_frame_s: float | None
    """None where no picture came."""
    frames_per_s: float
    width: int
    """Of the last picture."""
    frozen_s: float
    heard: float
    """Share of the sound that came and was not made up by the browser."""
    round_trip_ms: float | None
    way: str | None
    joins: int
    """How often the connection was made."""


MARK = "[...window.states].filter((state) => state === 'live').length"


async def look(told: dict[str, Any]) -> None:
    origin = told["address"]
    flags = [*FLAGS, f"--unsafely-treat-insecure-origin-as-secure={origin}"]
    relay = f"&relay={quote(json.dumps(told['relay']))}" if told["relay"] else ""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        page = await browser.new_page(viewport={"width": 640, "height": 720})
        await page.goto(f"{origin}/?who={told['who']}{relay}#{told['room']}")
        began = time.monotonic()  # the page is there, and begins to join
        first = await _first_frame(page, began, told["warm_up"])
        await asyncio.sleep(max(0.0, told["warm_up"] - (time.monotonic() - began)))
        before = await page.evaluate("window.room.stats()")
        await asyncio.sleep(told["seconds"])
        after = await page.evaluate("window.room.stats()")
        joins = await page.evaluate(MARK)
        print(json.dumps(_told(first, before, after, told["seconds"], joins)), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        await browser.close()


async def _first_frame(page: Page, began: float, patience: float) -> float | None:
    while time.monotonic() - began < patience:
        if _sum(await page.evaluate("window.room?.stats() ?? {received: []}"), "video", "framesDecoded") > 0:
            return round(time.monotonic() - began, 2)
        await asyncio.sleep(0.1)
    return None


def _told(first: float | None, before: dict[str, Any], after: dict[str, Any], seconds: float, joins: int) -> Seen:
    def more(kind: str, what: str) -> float:
        until, since = _sum(after, kind, what), _sum(before, kind, what)
        return until - since if until >= since else until  # a new connection counts from nothing

    sound = more("audio", "totalSamplesReceived")
    widths = [one.get("frameWidth", 0) for one in after["received"] if one["kind"] == "video"]
    trip = after["roundTripTime"]
    return Seen(
        first_frame_s=first,
        frames_per_s=round(more("video", "framesDecoded") / seconds, 1),
        width=max(widths, default=0),
        frozen_s=round(more("video", "totalFreezesDuration"), 1),
        heard=round(1 - more("audio", "concealedSamples") / sound, 3) if sound else 0.0,
        round_trip_ms=None if trip is None else round(1000 * trip),
        way=after["way"],
        joins=joins,
    )


def _sum(stats: dict[str, Any], kind: str, what: str) -> float:
    return float(sum(one.get(what, 0) for one in stats["received"] if one["kind"] == kind))


if __name__ == "__main__":
    asyncio.run(look(json.loads(sys.stdin.readline())))
