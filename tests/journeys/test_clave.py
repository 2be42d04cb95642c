"""Somebody who waits goes to Cl@ve in the browser of the office, comes back, and is known at the level that it says."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from adapters.wiring import open_installation
from bench.demo.citizen import Citizen
from bench.demo.playing import people_of
from bench.demo.screen import CHROMIUM, FLAGS, Screen
from bench.demo.scripts import SCRIPTS
from bench.installation import settings_of
from deploy.clave.pages import PIN
from deploy.clave.troubles import Trouble
from deploy.place import PROJECT
from deploy.simulators.troubles import order
from deploy.stack import Stack
from domain.ids import ProcedureId
from domain.procedure.people import Identity
from domain.reading import CaseReading
from domain.types.vocabulary import Assurance

POWER = next(script for script in SCRIPTS if script.seed == "power")


def started(stack: Stack) -> None:
    """Everything but the rooms: nobody is seen or heard."""
    stack.need("postgres", "s3", "temporal", "anvil", "mailbox", "pki", "clave")
    stack.prepare()
    stack.need("worker", "api")
    seed = [sys.executable, "-m", "deploy.seed", "--procedures"]
    subprocess.run(seed, cwd=PROJECT, env={**os.environ, **stack.env}, check=True, stdout=subprocess.DEVNULL)


async def identify_at_clave(page: Page, number: str, pin: str = PIN) -> None:
    await page.locator('[data-test="clave-number"]').fill(number)
    await page.locator('[data-test="clave-pin"]').fill(pin)
    await page.locator('[data-test="clave-enter"]').click()


async def begin(page: Page) -> None:
    await page.locator('[data-test="begin-clave"]').click()
    await page.locator('[data-test="clave-number"]').wait_for()


async def identity(stack: Stack, procedure: str) -> Identity:
    async with open_installation(settings_of(stack)) as here:
        entries = await here.journal.read(ProcedureId(procedure))
        state = await CaseReading(here.journal).procedure(ProcedureId(procedure), len(entries) - 1)
        return state.participant("p1").identity


async def told(page: Page) -> str:
    """What the page says went wrong; then the person goes back to wait."""
    await page.locator('[data-test="problem-title"]').wait_for()
    said = await page.locator("#problem").inner_text()
    await page.locator('[data-test="back-to-room"]').click()
    await page.locator('[data-test="begin-clave"]').wait_for()
    return said


async def what_can_go_wrong(page: Page, number: str, simulator: Path) -> None:
    """Each is told in words, and can be begun again."""
    await begin(page)
    assert page.url.startswith("http://localhost:"), "on a site of its own, as in the world"
    await page.locator('[data-test="clave-cancel"]').click()
    assert "sin terminar" in await told(page)

    await begin(page)
    await identify_at_clave(page, number, "000000")
    await page.locator('[data-test="clave-wrong"]').wait_for()
    order(simulator, Trouble.LOW_ASSURANCE)
    await identify_at_clave(page, number)
    assert "nivel de seguridad más bajo" in await told(page)

    await begin(page)
    order(simulator, Trouble.ANOTHER_PERSON)
    await identify_at_clave(page, number)
    assert "otra persona" in await told(page)


@pytest.mark.timeout(300)
async def test_a_person_who_waits_is_identified_at_the_page_of_clave(own_stack: Stack, tmp_path: Path) -> None:
    await asyncio.to_thread(started, own_stack)
    settings = settings_of(own_stack)
    logins = json.loads((settings.var_dir / "logins.json").read_text())
    (person,) = people_of(POWER, logins)
    procedure = logins["procedures"]["power"]["id"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        pictures = tmp_path / "pictures"
        pictures.mkdir()
        screen = await Screen.open(browser, settings.public_url, pictures, "grantor", wide=False)
        page = screen.page
        await Citizen(screen, person, settings.sms_outbox_dir).arrive()
        await page.locator('[data-task="waiting"]').wait_for()

        await what_can_go_wrong(page, person.number, settings.var_dir / "clave")
        assert not (await identity(own_stack, procedure)).checks

        await begin(page)
        await identify_at_clave(page, person.number)
        await page.wait_for_url("**/citizen/room")
        await page.locator('[data-task="waiting"]').wait_for()
        assert not await page.locator('[data-test="begin-clave"]').count()
        await browser.close()

    (check,) = (await identity(own_stack, procedure)).checks
    assert (check.method, check.assurance) == ("clave", Assurance.SUBSTANTIAL)
    assert check.evidence is not None and check.evidence.media_type == "application/xml"
