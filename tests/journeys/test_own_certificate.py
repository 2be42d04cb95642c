"""Somebody who waits is asked for their certificate by the browser of the office, comes back, and is known.

Playwright presents the certificate for the browser: it ends TLS between the page and the listener, as a proxy would.
"""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from adapters.wiring import open_installation
from bench.demo.citizen import Citizen
from bench.demo.playing import people_of
from bench.demo.screen import CHROMIUM, FLAGS, Screen
from bench.demo.scripts import SCRIPTS
from bench.installation import settings_of
from deploy.own_certificate import address
from deploy.pki.persons import Holder, holder
from deploy.place import PROJECT
from deploy.plan import running_place
from deploy.stack import Stack
from domain.ids import ProcedureId
from domain.procedure.people import Identity
from domain.reading import CaseReading
from domain.types.vocabulary import Assurance
from settings import Settings

POWER = next(script for script in SCRIPTS if script.seed == "power")
SOMEBODY_ELSE = holder("99218765P", "Marta Lago Prieto")
POWER_NAME = "Xián Lorenzo Abal"
SIZES = {"office": (1366, 768), "mobile": (390, 844)}


def started(stack: Stack) -> None:
    """Everything but the rooms: nobody is seen or heard."""
    stack.need("postgres", "s3", "temporal", "anvil", "mailbox", "pki", "own-certificate")
    stack.prepare()
    stack.need("worker", "api")
    seed = [sys.executable, "-m", "deploy.seed", "--procedures"]
    subprocess.run(seed, cwd=PROJECT, env={**os.environ, **stack.env}, check=True, stdout=subprocess.DEVNULL)


async def opened(browser: Browser, settings: Settings, person: Holder | None, session: Any = None) -> Page:
    """A browser in which that person's certificate is installed, with the session of another where one is given."""
    where = address(running_place(settings.var_dir))
    pair: Mapping[str, Any] = {}
    if person is not None:
        folder = settings.var_dir / "pki" / "persons"
        files = {"certPath": folder / f"{person.slug}.cert.pem", "keyPath": folder / f"{person.slug}.key.pem"}
        pair = {"client_certificates": [{"origin": where, **files}]}
    context = await browser.new_context(locale="es-ES", ignore_https_errors=True, storage_state=session, **pair)
    return await context.new_page()


async def identity(stack: Stack, procedure: str) -> Identity:
    async with open_installation(settings_of(stack)) as here:
        entries = await here.journal.read(ProcedureId(procedure))
        state = await CaseReading(here.journal).procedure(ProcedureId(procedure), len(entries) - 1)
        return state.participant("p1").identity


async def told(page: Page, pictures: Path, name: str) -> str:
    """What the page says went wrong; then the person goes back to wait."""
    await page.locator('[data-test="problem-title"]').wait_for()
    await pictured(page, pictures, name)
    said = await page.locator("#problem").inner_text()
    await page.locator('[data-test="back-to-room"]').click()
    await page.locator('[data-test="begin-own_certificate"]').wait_for()
    return said


async def pictured(page: Page, pictures: Path, name: str) -> None:
    for size, (width, height) in SIZES.items():
        await page.set_viewport_size({"width": width, "height": height})
        await page.screenshot(path=pictures / f"{name}-{size}.png")


@pytest.mark.timeout(300)
async def test_a_person_who_waits_is_identified_by_their_certificate(own_stack: Stack, tmp_path: Path) -> None:
    await asyncio.to_thread(started, own_stack)
    settings = settings_of(own_stack)
    logins = json.loads((settings.var_dir / "logins.json").read_text())
    (person,) = people_of(POWER, logins)
    procedure = logins["procedures"]["power"]["id"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = await opened(browser, settings, None)
        await Citizen(Screen(page, settings.public_url, tmp_path, "grantor"), person, settings.sms_outbox_dir).arrive()
        await page.locator('[data-test="begin-own_certificate"]').wait_for()
        await pictured(page, tmp_path, "waiting")

        await page.locator('[data-test="begin-own_certificate"]').click()
        assert "ningún certificado" in await told(page, tmp_path, "without")
        assert not (await identity(own_stack, procedure)).checks

        page = await opened(browser, settings, SOMEBODY_ELSE, await page.context.storage_state())
        await page.goto(f"{settings.public_url}/citizen/room")
        await page.locator('[data-test="begin-own_certificate"]').click()
        assert "otra persona" in await told(page, tmp_path, "another")

        own = holder(person.number, POWER_NAME)
        page = await opened(browser, settings, own, await page.context.storage_state())
        await page.goto(f"{settings.public_url}/citizen/room")
        await page.locator('[data-test="begin-own_certificate"]').click()
        await page.locator('[data-test="begin-own_certificate"]').wait_for(state="detached")
        await page.wait_for_url("**/citizen/room")
        await page.locator('[data-task="waiting"]').wait_for()
        assert not await page.locator('[data-test="begin-own_certificate"]').count()
        await browser.close()

    (check,) = (await identity(own_stack, procedure)).checks
    assert (check.method, check.assurance) == ("own_certificate", Assurance.SUBSTANTIAL)
    assert check.evidence is not None and check.evidence.media_type == "application/jose"
