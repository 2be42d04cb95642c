"""One person at one screen: a browser window of its own, found and pressed by what the pages call their controls."""

import asyncio
import base64
import json
import re
import zlib
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, Response
from playwright.async_api import Error as BrowserTrouble

from bench.demo.hands import Hands, Pointer, Points

CHROMIUM = Path("/usr/bin/chromium")
CAMERA = Path(__file__).with_name("camera.js")

FLAGS = (
    "--no-sandbox",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--allow-loopback-in-peer-connection",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

PATIENCE = 120.0
"""Seconds that a person waits for the page to come round while servers die and return."""


class Screen:
    """A page and the few gestures that everybody makes, with the hands that this person has."""

    def __init__(self, page: Page, public_url: str, pictures: Path, who: str, hands: Hands | None = None) -> None:
        self.page = page
        self._hands = hands or Pointer()
        self._url = public_url
        self._pictures = pictures
        self._who = who
        self._shot = 0

    @classmethod
    async def open(
        cls,
        browser: Browser,
        public_url: str,
        pictures: Path,
        who: str,
        *,
        wide: bool,
        hands: Hands | None = None,
        documents: Mapping[str, bytes] | None = None,
    ) -> "Screen":
        """`documents`: PNG pictures of what this person holds before the camera, by what they are asked for."""
        context = await browser.new_context(
            viewport={"width": 1440 if wide else 1100, "height": 960 if wide else 900},
            locale="es-ES",
            timezone_id="Europe/Madrid",
        )
        held = {pose: base64.b64encode(png).decode() for pose, png in (documents or {}).items()}
        await context.add_init_script(f"({CAMERA.read_text()})({zlib.crc32(who.encode())}, {json.dumps(held)})")
        page = await context.new_page()
        page.on("response", lambda answer: asyncio.ensure_future(_tell_refusal(who, answer)))
        return cls(page, public_url, pictures, who, hands)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Whatever went wrong, what was on the screen then is worth a picture."""
        if error is not None:
            with suppress(BrowserTrouble):
                await self.picture("stuck")
        await self.close()

    async def close(self) -> None:
        await self.page.context.close()

    async def keep(self, cookie: str, value: str) -> None:
        """What this browser was given before: the token of an office computer."""
        await self.page.context.add_cookies([{"name": cookie, "value": value, "url": self._url}])

    async def go(self, path: str) -> None:
        """Open an address; a server that is just being restarted is asked again."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while True:
            try:
                await self.page.goto(self._url + path, wait_until="domcontentloaded")
                return
            except BrowserTrouble:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.5)

    def control(self, name: str) -> Locator:
        return self.page.locator(f'[data-test="{name}"]')

    async def there(self, name: str) -> bool:
        return await self.control(name).first.is_visible()

    async def press(self, name: str, timeout: float = PATIENCE * 1000) -> None:
        await self._hands.press(self.control(name).first, timeout)

    async def fill(self, name: str, text: str, timeout: float = PATIENCE * 1000) -> None:
        await self._hands.fill(self.control(name).first, text, timeout)

    async def check(self, name: str, timeout: float = PATIENCE * 1000) -> None:
        """Tick a box, or choose one of several."""
        await self._hands.check(self.control(name).first, timeout)

    async def choose(self, name: str, value: str, timeout: float = PATIENCE * 1000) -> None:
        """From a list that unfolds."""
        await self._hands.choose(self.control(name).first, value, timeout)

    async def hand_over(self, name: str, file: Path, timeout: float = PATIENCE * 1000) -> None:
        await self._hands.hand_over(self.control(name).first, file, timeout)

    async def draw(self, name: str, points: Points, timeout: float) -> bool:
        """Whether these hands draw."""
        return await self._hands.draw(self.control(name).first, points, timeout)

    async def press_until(
        self, name: str, gone_or_there: Locator, *, there: bool, first: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        """Press, and press again if the page lost it to a restart, until its consequence shows.

        `first`: what the page may ask for before, at each try.
        """
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < deadline:
            if first is not None:
                await first()
            button = self.control(name).first
            try:
                if there:
                    await gone_or_there.or_(button).first.wait_for(timeout=8000)
                if await gone_or_there.first.is_visible() is there:
                    return
                if await button.is_visible() and await button.is_enabled():
                    await self._hands.press(button, 3000)
                await gone_or_there.first.wait_for(state="visible" if there else "hidden", timeout=8000)
                return
            except BrowserTrouble:
                continue
        raise AssertionError(f"{self._who}: nothing came of pressing {name}")

    async def picture(self, name: str) -> None:
        """A screenshot for the report; the number keeps the order."""
        self._shot += 1
        await self.page.screenshot(
            path=self._pictures / f"{self._who}-{self._shot:02d}-{name}.png", animations="disabled"
        )


async def _tell_refusal(who: str, answer: Response) -> None:
    """What the servers refuse while the demonstration runs is worth a line: some of it is expected after a kill."""
    if answer.status < 400:
        return
    try:
        body = await answer.text()
        named = re.search(r'data-problem="([^"]+)"', body)
        words = named[1] if named else body[:200].replace("\n", " ")
    except BrowserTrouble:
        words = ""
    print(f"    {who}: {answer.status} {answer.request.method} {urlsplit(answer.url).path} {words}", flush=True)


def last_pin(outbox: Path, mobile: str) -> str:
    """The six digits of the newest message to that number: looking at one's telephone."""
    messages = [json.loads(path.read_text()) for path in outbox.glob("*.json")]
    mine = sorted((m for m in messages if m["to"] == mobile), key=lambda m: str(m["at"]))
    found = re.search(r"\b(\d{6})\b", mine[-1]["text"]) if mine else None
    assert found is not None, "no PIN has come"
    return found[1]
