"""The README's own words hold an act: what stands in them is opened, typed, chosen and pressed in two browsers."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
from playwright.async_api import Error as BrowserTrouble
from playwright.async_api import Locator, Page, async_playwright

from bench.demo.screen import CHROMIUM, FLAGS, Screen, last_pin
from bench.installation import settings_of
from deploy.place import PROJECT
from deploy.plan import OFFICE, PROCESSES, SERVERS
from deploy.stack import Stack

README = (PROJECT / "README.md").read_text("utf-8")
STEP = re.compile(r"^\d+\. (Office|Registry)[^:]*: (.+)$", re.MULTILINE)
GESTURE = re.compile(
    r"open \*(?P<address>[^*]+)\*"
    r"|(?:type|and) (?:\*(?P<known>[^*]+)\*|`(?P<said>[^`]+)`)(?: \([^)]+\))? in \*\*(?P<field>.+?)\*\*"
    r"|choose \*\*(?P<choice>.+?)\*\*(?: in \*\*(?P<list>.+?)\*\*)?"
    r"|tick \*\*(?P<box>.+?)\*\*"
    r"|wait for \*\*(?P<words>.+?)\*\*"
    r"|\*\*(?P<press>.+?)\*\*(?P<twice> and \*\*Finish the item\*\* twice more)?"
)
PATIENCE = 90_000
PERSON, MOBILE, LOGIN = "Eladio Naveira Couso", "+34600000003", "uxia.carballo@justicia.atlantia.example"


class Newcomer:
    """Somebody who does what the README says, word for word, with what was printed before them."""

    def __init__(self, windows: dict[str, Page], printed: str, outbox: Path) -> None:
        self._windows = windows
        self._printed: dict[str, Callable[[], str]] = {
            "the link of ojm-vilar": lambda: first(r"ojm-vilar +(\S+)", printed),
            f"the code of {PERSON}": lambda: first(rf"(\S+)  {PERSON}", printed),
            "the sign-in of staff": lambda: first(r"Staff sign in at (\S+)", printed),
            "her password": lambda: first(rf"{LOGIN} +(\S+)", printed),
            "the code in the newest text message": lambda: last_pin(outbox, MOBILE),
        }

    async def follow(self, who: str, words: str) -> None:
        for gesture in GESTURE.finditer(words):
            await self._do(self._windows[who], {k: v for k, v in gesture.groupdict().items() if v is not None})

    async def _do(self, page: Page, what: dict[str, str]) -> None:
        match what:
            case {"address": address}:
                await page.goto(self._printed[address]())
            case {"field": field, "known": known}:
                await (await there(page.get_by_label(field))).fill(self._printed[known]())
            case {"field": field, "said": said}:
                await (await there(page.get_by_label(field))).fill(said)
            case {"list": field, "choice": choice}:
                await (await there(page.get_by_label(field))).select_option(label=choice)
            case {"choice": choice} | {"box": choice}:
                await (await there(page.get_by_label(choice))).check()
            case {"words": words}:
                await there(page.get_by_text(words))
            case {"press": name, "twice": _}:
                for one in (name, "Finish the item") * 2:
                    await press(page, one)
            case {"press": name}:
                await press(page, name)


def first(pattern: str, printed: str) -> str:
    return str(re.findall(pattern, printed)[0])


async def there(control: Locator) -> Locator:
    seen = control.filter(visible=True).first
    await seen.wait_for(timeout=PATIENCE)
    return seen


async def press(page: Page, name: str) -> None:
    """A button by that name, else a link, else what unfolds; and whatever it leads to has begun.

    Before others whose names only begin so or have more for a screen reader.
    """
    exactly, button, link = (
        found.filter(visible=True)
        for found in (
            page.get_by_role("button", name=name, exact=True),
            page.get_by_role("button", name=name),
            page.get_by_role("link", name=name),
        )
    )
    unfolds = page.locator("summary").filter(has_text=name, visible=True)
    await button.or_(link).or_(unfolds).first.wait_for(timeout=PATIENCE)
    for control in (exactly, button, link, unfolds):
        if await control.count():
            pressed = await control.first.element_handle(timeout=PATIENCE)
            await pressed.click(timeout=PATIENCE)
            with suppress(BrowserTrouble):
                await pressed.wait_for_element_state("hidden", timeout=5000)
            return


def up_and_printed(stack: Stack) -> str:
    """What `make run` does, and what it prints once everything is up."""
    stack.need(*SERVERS)
    stack.prepare()
    stack.need(*PROCESSES, *OFFICE)
    seed = [sys.executable, "-m", "deploy.seed", "--procedures"]
    told = {**os.environ, **stack.env}
    return subprocess.run(seed, cwd=PROJECT, env=told, check=True, capture_output=True, text=True).stdout


@pytest.mark.live_media
@pytest.mark.timeout(600)
async def test_an_act_is_held_by_what_the_readme_says(own_stack: Stack, tmp_path: Path) -> None:
    printed = await asyncio.to_thread(up_and_printed, own_stack)
    settings, pictures = settings_of(own_stack), tmp_path / "pictures"
    pictures.mkdir()
    async with async_playwright() as playwright, AsyncExitStack() as closing:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        closing.push_async_callback(browser.close)
        windows = {}
        for who in ("Office", "Registry"):
            opened = await Screen.open(browser, settings.public_url, pictures, who, wide=who == "Registry")
            windows[who] = (await closing.enter_async_context(opened)).page
        newcomer, steps = Newcomer(windows, printed, settings.sms_outbox_dir), STEP.findall(README)
        assert len(steps) == 6
        for who, words in steps:
            await newcomer.follow(who, words)
        assert await windows["Registry"].locator('[data-stage="closed"]').count()
