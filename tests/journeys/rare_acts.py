"""The windows at which rare acts are played: staff who sign in, citizens who sit down, a system that asks."""

import asyncio
import json
import re
import uuid
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, Response

from bench.demo.citizen import Citizen, Person
from bench.demo.playing import people_of
from bench.demo.screen import Screen, last_pin
from bench.demo.scripts import SCRIPTS
from deploy.operators import account_id
from domain.codes.key_files import keys_in
from domain.codes.pins import summons_code_of
from domain.ids import ParticipantId, ProcedureId
from settings import Settings
from tests.api.people import open_hours

SOON = 30_000
"""Milliseconds within which a page follows what was done at another."""


@dataclass(frozen=True)
class Cast:
    """Everybody who may be needed, each at a window of his or her own."""

    settings: Settings
    browser: Browser
    pictures: Path
    closing: AsyncExitStack

    @property
    def logins(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads((self.settings.var_dir / "logins.json").read_text())
        return read

    def seeded(self, name: str) -> str:
        """The id of a procedure that the local installation begins with."""
        return str(self.logins["procedures"][name]["id"])

    def people(self, name: str) -> list[Person]:
        return people_of(next(script for script in SCRIPTS if script.seed == name), self.logins)

    async def screen(self, who: str, *, wide: bool = False) -> Screen:
        opened = await Screen.open(self.browser, self.settings.public_url, self.pictures, who, wide=wide)
        self.closing.push_async_exit(opened)
        return opened

    def password(self, name: str) -> str:
        return str(self.logins["accounts"][f"{name}@justicia.atlantia.example"]["password"])

    async def staff(self, name: str, first_page: str = "") -> Screen:
        """A member of staff of Atlantia, signed in and looking at `first_page`."""
        screen = await self.screen(name.split(".")[0], wide=True)
        await screen.go("/staff")
        await screen.fill("login", f"{name}@justicia.atlantia.example")
        await screen.fill("password", self.password(name))
        await screen.press("sign-in")
        await screen.control("sign-out").wait_for()
        if first_page:
            await screen.go(first_page)
        return screen

    async def seated(self, person: Person) -> Screen:
        """A citizen who has come as far as the waiting room."""
        screen = await self.screen(person.id)
        await Citizen(screen, person, self.settings.sms_outbox_dir).arrive()
        return screen

    async def ask(self, number: str, **person: str) -> str:
        """A regional system asks for a life certificate; the id of the procedure."""
        asked = {
            "type": "life_certificate",
            "body": "civil-registry-ponte-nova",
            "office": "registry-ponte-nova",
            "case_number": number,
            "scheduled_at": open_hours(datetime.now(UTC) + timedelta(hours=1)).isoformat(),
            "participants": [
                {"role": "person", "office": "ojm-vilar", "birth_date": "1948-02-02", **person},
                {"role": "registrar", "account": account_id("uxia.carballo@justicia.atlantia.example")},
            ],
        }
        key = self.logins["api_keys"]["atlantia"]["key"]
        window = await self.screen("system")
        answer = await window.page.request.post(
            f"{self.settings.public_url}/api/v1/procedures",
            data=asked,
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": uuid.uuid4().hex},
        )
        assert answer.status in (201, 202), await answer.text()
        return str((await answer.json())["id"])

    def summoned(self, procedure: str, name: str) -> Person:
        """The only citizen of a procedure that was asked for here, with the code of the summons."""
        key, id = keys_in(self.settings.code_keys_file.read_bytes())[0], ParticipantId("p1")
        code = summons_code_of(key, ProcedureId(procedure), id)
        return Person(id, name, code, "+34600000009", "", self.logins["computers_of_players"]["ojm-vilar"]["token"])

    def mails(self, to: str) -> list[str]:
        """Subjects of what has come to an address."""
        read = [message_from_bytes(path.read_bytes()) for path in (self.settings.var_dir / "mail" / "new").iterdir()]
        return [str(make_header(decode_header(mail["Subject"]))) for mail in read if mail["To"] == to]

    def pin(self, person: Person) -> str:
        return last_pin(self.settings.sms_outbox_dir, person.mobile)


def shows(page: Page, selector: str, words: str) -> Locator:
    return page.locator(selector).filter(has_text=words).first


async def told(screen: Screen, selector: str, words: str) -> None:
    """Wait until the page says so, by itself."""
    await shows(screen.page, selector, words).wait_for(timeout=SOON)


def states_shown(page: Page) -> list[int]:
    """From now on: the number of the last event in each page of one procedure that the window is sent."""
    shown: list[int] = []

    async def read(response: Response) -> None:
        if response.status == 200 and response.headers.get("content-type", "").startswith("text/html"):
            shown.extend(int(seq) for seq in re.findall(r'<main [^>]*data-seq="(\d+)"', await response.text()))

    page.on("response", read)
    return shown


async def refused(screen: Screen, code: str, advice: str) -> None:
    """The page says which rule was broken and what to do now."""
    # Looked at once: whatever the others do paints the page anew, and the box may be gone before a second look.
    await told(screen, f'#problem-box[data-problem="{code}"]', advice)


async def asked_for(screen: Screen, task: str) -> None:
    await screen.page.locator(f'#task[data-task="{task}"]').wait_for(timeout=SOON)


async def arrives(cast: Cast, to: str, subject: str) -> None:
    """A mail comes; the relay takes it a moment after the page says that it is on its way."""
    async with asyncio.timeout(30):
        while subject not in cast.mails(to):  # noqa: ASYNC110 - another process delivers it
            await asyncio.sleep(0.2)


async def looks_at_place(official: Screen, person: str) -> None:
    """On the page of the visit: alone, free, and unheard."""
    for answer in ("company-alone", "acts_freely-yes", "private_talk-yes"):
        await official.check(answer)
    await official.press(f"check-place-{person}")
