"""An official signs with a passkey instead of the password: for exactly that document, verified, and once."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from domain.types.vocabulary import Stage
from tests.api.people import CLERK, House
from tests.api.soft_passkey import SoftPasskey
from tests.api.stages import InTheSessionsOfTheTest, people, play_to
from tests.api.test_passkeys import asked_in, at_name, browser_with_passkeys, csrf, origin


class SignedByTheParties(InTheSessionsOfTheTest):
    """The clerk, who signs last, has not signed the minutes yet."""

    async def until(self, stage: Stage) -> None:
        await super().until(stage)
        procedure = await self._courtroom.procedure()
        assert procedure.minutes is not None and procedure.minutes.document is not None
        for citizen in procedure.citizens:
            await self.read_and_sign(procedure.document(procedure.minutes.document), citizen)


@dataclass
class Desk:
    """The clerk under the name of the pages, at minutes that wait for her signature."""

    client: httpx.Client
    key: SoftPasskey
    procedure: str
    document: str
    sha256: str

    def answer(self, sha256: str | None = None) -> dict[str, str]:
        body = {"csrf": csrf(self.client), "document": sha256 or self.sha256}
        asked = self.client.post("/account/passkeys/signature", data=body)
        assert asked.status_code == 200, asked.text
        told = asked.json()
        return {"step": told["step"], "credential": self.key.get(told["options"])}

    def sign(self, answer: dict[str, str], key: str = "", document: str = "") -> httpx.Response:
        said = {
            "key": key or f"page-{uuid.uuid4()}",
            "csrf": csrf(self.client),
            "document": document or self.document,
            "participant": "p3",
        }
        return self.client.post(f"/procedures/{self.procedure}/acts/sign-with-certificate", data={**said, **answer})


@pytest.fixture
def procedure(house: House) -> str:
    asked = house.conciliation(participants=people(house))
    play_to(house, asked, Stage.SIGNING, SignedByTheParties)
    return asked


@pytest.fixture
def desk(house: House, procedure: str) -> Iterator[Desk]:
    client, password = at_name(house), house.password(CLERK)
    assert client.post("/staff", data={"login": CLERK, "password": password}).status_code == 303
    key = SoftPasskey(origin(client), verifies=True)
    step, options = asked_in(client.post("/account/passkeys", data={"csrf": csrf(client), "password": password}))
    kept = {"csrf": csrf(client), "step": step, "credential": key.create(options), "label": "Llavero"}
    assert client.post("/account/passkeys/new", data=kept).status_code == 303
    page = client.get(f"/procedures/{procedure}").text
    button = re.search(r'data-signs-with-passkey="([0-9a-f]{64})" data-test="passkey-sign-(d\d+)"', page)
    assert button, page
    yield Desk(client, key, procedure, button[2], button[1])
    without_passkeys(client, password)


def without_passkeys(client: httpx.Client, password: str) -> None:
    """Others sign in as the same clerk after this."""
    remove = re.search(r'action="(/account/passkeys/[^"]+/remove)"', client.get("/account").text)
    assert remove
    assert client.post(remove[1], data={"csrf": csrf(client), "password": password}).status_code == 303


def test_a_passkey_signs_exactly_that_document_once(house: House, desk: Desk) -> None:
    other = desk.sign(desk.answer("0" * 64))
    assert other.status_code == 401, "what was asked for another document"
    desk.key.verifies = False
    assert desk.sign(desk.answer()).status_code == 401, "whoever holds the key only"
    desk.key.verifies = True
    stolen = SoftPasskey(desk.key.origin, id=desk.key.id, verifies=True)
    stranger = Desk(desk.client, stolen, desk.procedure, desk.document, desk.sha256)
    assert desk.sign(stranger.answer()).status_code == 401
    answer, key = desk.answer(), f"page-{uuid.uuid4()}"
    assert desk.sign(answer, key).status_code == 303
    # No answer came, and the page asks again under its key; another request finds the step used.
    assert desk.sign(answer, key).status_code == 303
    assert desk.sign(answer).status_code == 401
    assert desk.sign(answer, key, "d1").status_code == 401, "the same request is about the same document"


def test_under_a_number_the_page_offers_the_password_alone(house: House, desk: Desk) -> None:
    page = house.staff(CLERK).get(f"/procedures/{desk.procedure}", headers={"Accept": "text/html"}).text
    assert 'data-test="sign-password"' in page and "data-signs-with-passkey" not in page


def test_it_signs_in_a_browser(house: House, procedure: str) -> None:
    address, password = house.url.replace("127.0.0.1", "localhost"), house.password(CLERK)
    signed_in = at_name(house)
    assert signed_in.post("/staff", data={"login": CLERK, "password": password}).status_code == 303
    with browser_with_passkeys() as tab:
        tab.goto(f"{address}/staff")
        tab.locator("[data-test=login]").fill(CLERK)
        tab.locator("[data-test=password]").fill(password)
        tab.locator("[data-test=sign-in]").click()
        tab.locator("[data-test=go-account]").click()
        tab.locator("[data-test=passkey-password]").fill(password)
        tab.locator("[data-test=new-passkey]").click()
        tab.locator("[data-test=label]").fill("Ordenador de la sala 2")
        tab.locator("[data-test=use-passkey]").click()
        tab.locator("[data-test=passkey-enrolled]").wait_for()
        tab.goto(f"{address}/procedures/{procedure}")
        tab.locator("[data-signs-with-passkey]").click()
        tab.locator("[data-signs-with-passkey]").wait_for(state="detached")
    without_passkeys(signed_in, password)
