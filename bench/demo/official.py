"""Whoever holds the act: opens, admits, identifies, deals with each item, closes, approves, signs."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from playwright.async_api import Error as BrowserTrouble

from bench.demo.adding import add_item
from bench.demo.citizen import A_MOMENT, Person
from bench.demo.identifying import identify
from bench.demo.records import Record, see_to_record
from bench.demo.scanning import scan_pages
from bench.demo.screen import PATIENCE, Screen
from bench.demo.talks import Talk, talk_in_private

Values = dict[str, str]
"""Form controls by their data-test name, with what is typed or chosen."""


REST = 4.0
"""Seconds of a recess."""

Blow = Callable[[str], Awaitable[None]]
"""Called at each named moment of the act: the demonstration kills processes there."""


class Official:
    def __init__(
        self, screen: Screen, login: str, password: str, procedure: str, blow: Blow, scanner: Path | None = None
    ) -> None:
        """`scanner`: the window of the scanning agent on this computer."""
        self._screen = screen
        self._login, self._password = login, password
        self._procedure = procedure
        self._blow = blow
        self._scanner = scanner
        self._admitted: list[Person] = []
        self._later: set[str] = set()
        """Ids of those who are called in the course of the act."""

    async def sign_in(self) -> None:
        screen = self._screen
        await screen.go("/staff")
        await screen.fill("login", self._login)
        await screen.fill("password", self._password)
        await screen.press("sign-in")
        await screen.page.wait_for_url("**/board")
        await screen.picture("board")
        await screen.press(f"open-{self._procedure}")
        await screen.control("stage").wait_for(timeout=PATIENCE * 1000)

    async def open_room(self, people: Sequence[Person], later: Sequence[Person] = ()) -> None:
        screen, self._later = self._screen, {person.id for person in later}
        await screen.press_until("next-open-room", screen.page.locator('[data-stage="in_session"]'), there=True)
        await self._blow("opened")
        for person in people:
            await self._admit(person)
        await self._blow("admitted")

    async def call(self, person: Person) -> None:
        """Somebody who has waited outside until now."""
        await self._admit(person)
        await self.identify(person)

    async def _admit(self, person: Person) -> None:
        screen = self._screen
        await screen.control(f"admit-{person.id}").wait_for(timeout=PATIENCE * 1000)
        await screen.press_until(f"admit-{person.id}", screen.control(f"admit-{person.id}"), there=False)
        self._admitted.append(person)
        self._later.discard(person.id)

    async def see_to_people(self) -> None:
        """Let in again whoever lost the room, and identify whom the page asks for: a long cut lapses what was checked.

        Whoever is called later stays outside.
        """
        screen = self._screen
        waiting = screen.page.locator('[data-test^="admit-"][type="submit"]')
        for name in await waiting.evaluate_all("buttons => buttons.map(one => one.dataset.test)"):
            if name.removeprefix("admit-") not in self._later:
                with suppress(BrowserTrouble):  # they were let in meanwhile
                    await screen.press(name, A_MOMENT)
        for person in self._admitted:
            await self.identify(person)

    async def identify(self, person: Person) -> None:
        await identify(self._screen, person)

    async def hold(
        self, words: dict[str, list[Values]], paper: Path | None, meanwhile: Callable[[str], Awaitable[None]]
    ) -> None:
        """Every item of the agenda: as scripted, or skipped with its reason. `meanwhile` gets the code of each one
        that is over."""
        items = self._screen.page.locator('[data-test="agenda"] > li')
        for n in range(await items.count()):
            item = items.nth(n)
            name, code = await item.get_attribute("data-test"), await item.get_attribute("data-code")
            assert name is not None and code is not None
            said = words.get(code, [])
            await self._deal_with(name.removeprefix("item-"), said.pop(0) if said else None, paper)
            await self._blow(f"after {code}")
            await meanwhile(code)
        await self._screen.picture("agenda-done")

    async def add(self, code: str, values: Values) -> None:
        """An item that nobody planned, dealt with at once."""
        await self._deal_with(await add_item(self._screen, code), values, None)

    async def see_to_record(self, record: Record, after: str) -> None:
        await see_to_record(self._screen, record, after, self._fill, self._blow)

    async def send_to_talk(self, talk: Talk) -> None:
        await talk_in_private(self._screen, talk)

    async def rest(self) -> None:
        """A recess, in which nobody is recorded."""
        page = self._screen.page
        await self._screen.press_until("recess", page.locator('[data-stage="interrupted"]'), there=True)
        await asyncio.sleep(REST)
        await self._screen.press_until("resume", page.locator('[data-stage="in_session"]'), there=True)

    async def _deal_with(self, item: str, values: Values | None, paper: Path | None) -> None:
        screen = self._screen
        if values is None:
            await screen.press(f"more-{item}")
            await screen.fill(f"skip-reason-{item}", "No procede en este acto")
            skipped = screen.page.locator(f'[data-test="item-{item}"][data-state="skipped"]')
            await screen.press_until(f"skip-{item}", skipped, there=True)
            return
        await screen.press_until(f"open-{item}", screen.control("done-item"), there=True, first=self.see_to_people)
        if "upload-title" in values and paper is not None:
            await self._upload(values, paper)
        for document in await self.show_everything():
            await self._until_read(document)
        done = screen.page.locator(f'[data-test="item-{item}"][data-state="done"]')
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not await done.is_visible():
            assert asyncio.get_running_loop().time() < deadline, f"{item} is not done"
            await self.see_to_people()
            await self._fill(values)
            try:
                await screen.press("done-item", A_MOMENT)
                await done.wait_for(timeout=10000)
            except BrowserTrouble:
                continue
        await self.have_signed()

    async def _fill(self, values: Values) -> None:
        for name, value in values.items():
            if name.startswith("upload-"):
                continue
            screen, control = self._screen, f"f.{name}"
            try:
                if value in ("true", "false"):
                    await screen.check(f"{control}-{value}", A_MOMENT)
                elif await screen.control(control).first.evaluate("e => e.tagName", timeout=A_MOMENT) == "SELECT":
                    await screen.choose(control, value, A_MOMENT)
                else:
                    await screen.fill(control, value, A_MOMENT)
            except BrowserTrouble:
                return

    async def _upload(self, values: Values, paper: Path) -> None:
        screen = self._screen
        if await screen.there("document-d1"):
            return
        await screen.press("upload-open")
        await screen.fill("upload-title", values["upload-title"])
        if "upload-scanned" in values and self._scanner is not None:
            await scan_pages(screen, int(values["upload-scanned"]), self._scanner)
        else:
            await screen.hand_over("upload-files", paper)
        await screen.press("upload-send")
        await screen.control("document-d1").wait_for(timeout=PATIENCE * 1000)

    async def show_everything(self) -> list[str]:
        """Show every document to whoever has not seen it; which ones were shown."""
        screen, shown = self._screen, []
        waiting = screen.page.locator('[data-test^="present-"][type="submit"]')
        while await waiting.count():
            name = await waiting.first.get_attribute("data-test")
            assert name is not None
            await self._blow("before signing")
            await screen.press_until(name, screen.control(name), there=False, first=self.see_to_people)
            shown.append(name.removeprefix("present-"))
        return shown

    async def have_signed(self) -> None:
        """Show every document that waits for somebody, and wait until those people have signed; then sign oneself."""
        for document in await self.show_everything():
            await self._until_read(document)
            await self._blow("after signing")
        await self._sign_with_certificate('[data-test="documents"] ')

    async def _until_read(self, document: str) -> None:
        """Until everybody has read it, and signed it where they are asked; or until it is one's own turn to sign."""
        screen = self._screen
        lines = screen.page.locator(f'[data-test^="reading-{document}-"]')
        good = screen.page.locator(f'[data-test^="reading-{document}-"] .badge--good')
        deadline = asyncio.get_running_loop().time() + PATIENCE * 2
        while await good.count() < await lines.count() and not await screen.there(f"sign-{document}"):
            assert asyncio.get_running_loop().time() < deadline, f"{document} is not signed"
            await self.see_to_people()
            await asyncio.sleep(0.5)

    async def _sign_with_certificate(self, where: str = "") -> None:
        """What the page offers to sign there; nothing more is, once everything is signed."""
        screen = self._screen
        deadline = asyncio.get_running_loop().time() + PATIENCE
        offered = screen.page.locator(f'{where}[data-test^="sign-d"][type="submit"]')
        while await offered.count():
            assert asyncio.get_running_loop().time() < deadline, "a document is not signed"
            with suppress(BrowserTrouble):
                name = await offered.first.get_attribute("data-test", timeout=A_MOMENT)
                await screen.fill("sign-password", self._password, A_MOMENT)
                await screen.press(name or "", A_MOMENT)
            await asyncio.sleep(2)

    async def close(self, outcome: str) -> None:
        screen = self._screen
        await screen.press("close-open")
        await screen.check(f"outcome-{outcome}")
        await screen.press_until("close-session", screen.control("minutes-draft"), there=True)
        await self._blow("drafted")
        await screen.picture("minutes")

    async def approve_and_sign(self) -> None:
        screen = self._screen
        await screen.press_until("approve-minutes", screen.control("closing-steps"), there=True)
        await self._blow("approved")
        await self.have_signed()
        await self._sign_with_certificate()
        await screen.control("closing-steps").wait_for()
        await self._blow("signed")
        await screen.page.locator('[data-stage="closed"]').wait_for(timeout=PATIENCE * 1000)
        await screen.picture("closed")
