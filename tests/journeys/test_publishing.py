"""Two administrators publish a type in their browsers while two processes of the interface run, and it is held.

Nothing is started anew: the process that the regional system asks is not the one whose pages were used.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, async_playwright
from temporalio.worker import Worker

from activities.failures import TypedFailures
from activities.pulse import Pulse
from activities.wiring import room_acts
from adapters.memory import MemoryRecorder, MemoryRooms
from adapters.wiring import open_installation, temporal_client
from bench.demo.screen import CHROMIUM, FLAGS
from bench.installation import settings_of
from bench.real_room import RealRoom
from bench.trust import verdict_on
from deploy.stack import SERVERS, Stack
from domain.ids import ProcedureId, workflow_id
from domain.types.vocabulary import Stage
from rehearsal.acting import Play
from settings import Settings
from tests.api.conftest import serving
from tests.api.people import ADMINISTRATOR, CLERK, OTHER_ADMINISTRATOR, House, asked, fresh, person, wait_for
from tests.api.published import own_types
from workflows.engine.queues import ROOMS

WHY = "Lo piden los juzgados de paz de la comarca."


@pytest.fixture
def stack(own_stack: Stack) -> Stack:
    own_stack.need(*SERVERS)
    own_stack.prepare()
    own_stack.need("worker", "anchoring", "api")
    return own_stack


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        playwright.selectors.set_test_id_attribute("data-test")
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        await browser.close()


@pytest.mark.timeout(600)
async def test_a_type_is_published_by_two_people_and_held_to_its_end(
    stack: Stack, browser: Browser, tmp_path: Path
) -> None:
    settings = settings_of(stack)
    visit, boundary, id = own_types(code="Z77")
    with serving(settings, stack.var / "logins.json") as elsewhere:
        assert await code_of(elsewhere, id) == "procedure_type_unknown"
        publication = await proposed(browser, settings, f"{visit}---\n{boundary}", id)
        assert await code_of(elsewhere, id) == "procedure_type_unknown"
        await approved(browser, settings, publication)
        assert await code_of(elsewhere, id, "meseta") == "type_of_another"
        procedure = await started(elsewhere, id)
        verdict = await held(settings, procedure, tmp_path)
    assert verdict["verdict"] == "PASSED", [f for f in verdict["findings"] if f["result"] != "PASS"]


async def proposed(browser: Browser, settings: Settings, pasted: str, id: str) -> str:
    """The address of the publication, after a look at what is wrong, and a rehearsal."""
    page = await signed_in(browser, settings, ADMINISTRATOR)
    await page.get_by_test_id("go-types").click()
    await page.get_by_test_id("pasted").fill(pasted.replace("recording: forbidden", "recordng: forbidden"))
    await page.get_by_test_id("look").click()
    assert "¿quiso decir `recording`?" in await page.get_by_test_id("problems").inner_text()
    assert await page.get_by_test_id("propose").count() == 0
    await page.get_by_test_id("pasted").fill(pasted)
    await page.get_by_test_id("look").click()
    assert id in await page.get_by_test_id("found").inner_text()
    await page.get_by_test_id("rehearse").click()
    assert "Se celebra hasta el final" in await page.get_by_test_id("rehearsed").inner_text()
    sample = await page.evaluate(SAMPLE)
    assert sample == ["application/pdf", "%PDF"]
    for field, words in {
        "approved_by": "Dirección General de Justicia",
        "document": "Resolución 3/2026",
        "why": WHY,
    }.items():
        await page.get_by_test_id(field).fill(words)
    await page.get_by_test_id("propose").click()
    await page.get_by_test_id("second-person").wait_for()
    assert await page.get_by_test_id("approve").count() == 0
    return page.url


SAMPLE = """async () => {
  const form = document.getElementById("sample");
  const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))});
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return [answer.headers.get("content-type"), String.fromCharCode(...bytes.slice(0, 4))];
}"""
"""What the button of the sample minutes gets: a browser without a window shows no PDF."""


async def approved(browser: Browser, settings: Settings, publication: str) -> None:
    page = await signed_in(browser, settings, OTHER_ADMINISTRATOR)
    await page.goto(publication)
    await page.get_by_test_id("why").fill("Revisado con la Secretaría de Coordinación.")
    await page.get_by_test_id("approve").click()
    await page.get_by_test_id("withdraw").wait_for()
    assert "En vigor" in await page.locator("h1").inner_text()


async def signed_in(browser: Browser, settings: Settings, login: str) -> Page:
    context = await browser.new_context(locale="es-ES", base_url=settings.public_url)
    page = await context.new_page()
    logins = json.loads((settings.var_dir / "logins.json").read_text())
    await page.goto("/staff")
    await page.get_by_test_id("login").fill(login)
    await page.get_by_test_id("password").fill(logins["accounts"][login]["password"])
    await page.get_by_test_id("sign-in").click()
    await page.get_by_test_id("go-types").wait_for()
    return page


async def ask(house: House, id: str, administration: str = "atlantia") -> httpx.Response:
    def asking() -> httpx.Response:
        clerk = house.staff(CLERK).get("/api/v1/sessions/current").json()["account"]["id"]
        people = [
            person("applicant", "Anxo Ruiz Seoane", document_number="99104321N", office="ojm-vilar",
                   mobile="+34600000001", email="anxo@correo.example"),
            person("neighbour", "Marta Lago Prieto", document_number="99218765P", office="ojm-lira",
                   mobile="+34600000002", email="marta@correo.example"),
            {"role": "clerk", "account": clerk},
        ]  # fmt: skip
        body = asked(type=id, participants=people)
        return house.machine(administration).post("/api/v1/procedures", json=body, headers=fresh())

    return await asyncio.to_thread(asking)


async def code_of(house: House, id: str, administration: str = "atlantia") -> str:
    return str((await ask(house, id, administration)).json().get("code"))


async def started(house: House, id: str) -> ProcedureId:
    answer = await ask(house, id)
    assert answer.status_code == 201, answer.text
    await asyncio.to_thread(wait_for, house.machine(), answer.json()["id"], "summoned")
    return ProcedureId(answer.json()["id"])


async def held(settings: Settings, procedure: ProcedureId, folder: Path) -> dict[str, Any]:
    """To the end, and what a stranger's verifier says of its evidence."""
    client = await temporal_client(settings)
    async with open_installation(settings) as installation:
        rooms = Worker(
            client,
            task_queue=ROOMS,
            activities=room_acts(installation, MemoryRooms(), MemoryRecorder(installation.recordings)),
            interceptors=[TypedFailures(), Pulse()],
        )
        async with rooms:
            handle = client.get_workflow_handle(workflow_id(procedure))
            closed = await Play(RealRoom(handle, installation, settings.sms_outbox_dir), "published").whole()
        assert (closed.stage, closed.outcome) == (Stage.CLOSED, "marked")
        assert [item.code for item in closed.agenda if item.values.get("metres")] == ["Z77"]
        assert closed.bundle is not None
        return await verdict_on(installation, settings, closed.bundle, closed.id, folder)
