"""The pages in real browsers on a whole stack: nobody touches a pointer, and the worker dies half-way."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import async_playwright

from adapters.wiring import open_installation
from bench.demo.keyboard import Keyboard
from bench.demo.playing import Playhouse, closed_state, set_the_stage
from bench.demo.results import Results
from bench.demo.screen import CHROMIUM, FLAGS
from bench.demo.scripts import SCRIPTS
from bench.installation import settings_of
from deploy.stack import Stack

CONCILIATION = next(script for script in SCRIPTS if script.seed == "conciliation")


async def played_by_keyboard(stack: Stack, folder: Path) -> dict[str, Any]:
    """The entry that a report of the demonstration would have."""
    settings = settings_of(stack)
    async with open_installation(settings) as installation, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        hands = partial(Keyboard, single_keys=False)
        house = Playhouse(stack, settings, browser, folder / "screenshots", hands)
        procedure, hand = await house.play(CONCILIATION)
        state = await closed_state(installation, procedure)
        await browser.close()
        return await Results(folder, folder, settings, installation).gather("conciliation", state, hand.kills)


@pytest.mark.live_media
@pytest.mark.timeout(600)
async def test_two_citizens_and_the_clerk_hold_a_conciliation_by_keyboard_alone_while_the_worker_is_killed(
    own_stack: Stack, tmp_path: Path
) -> None:
    await asyncio.to_thread(set_the_stage, own_stack)

    entry = await played_by_keyboard(own_stack, tmp_path / "played")

    assert entry["outcome"] == "agreement"
    assert entry["verdict"] == "PASSED"
    assert [kill["part"] for kill in entry["kills"]] == ["worker"]
    assert entry["mails"] and all(mail["in_mailbox"] == 1 for mail in entry["mails"])
    assert entry["signatures"] and all(len(set(who)) == len(who) for who in entry["signatures"].values())
