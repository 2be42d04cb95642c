"""Twenty citizens, one after another, at one computer of an office: nothing is left of those who were there before.

One Chromium with one profile folder, as an office has it. They come by their code; some wait, some read a paper; they
leave by the button, by the time of their session, by the official, or without a word. Then the folder is searched.
"""

import asyncio
import gzip
import json
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, sync_playwright

from bench.demo.screen import FLAGS
from domain.codes.id_numbers import LETTERS
from domain.commands import PresentDocument
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Participant
from domain.types.vocabulary import Stage
from tests.api.left_behind import telling
from tests.api.people import CLERK, DECLARED, House, command, person
from tests.api.stages import InTheSessionsOfTheTest, _play
from tests.api.test_leaving import end_sessions_of

CITIZENS = 20
READERS = (4, 13)
"""Who is let in, and reads a paper."""
BESIDE = 20
"""A respondent who never comes to this computer."""

CLAIM = "Reparación del muro de Zarabeto"
"""What the acts are about: it stands in papers and on pages."""


@dataclass(frozen=True)
class Sitting:
    number: int
    procedure: str
    participant: str
    name: str
    document_number: str
    code: str

    @property
    def words(self) -> tuple[str, ...]:
        plain = self.code.replace("-", "")
        return (self.name.split()[1], self.document_number, self.code, plain, plain.lower(), CLAIM)


def name_of(number: int) -> str:
    return f"Xenxa Quirxal{'abcdefghijklmnopqrstu'[number]}de Vouzo"


def document_number_of(number: int) -> str:
    digits = 48_310_027 + 311 * number
    return f"{digits}{LETTERS[digits % 23]}"


def summoned(house: House) -> list[Sitting]:
    """Twenty people, two in each conciliation, but those who read and whoever would sit beside them."""
    clerk = house.staff(CLERK).get("/api/v1/sessions/current").json()["account"]["id"]
    sittings: list[Sitting] = []
    while (first := len(sittings)) < CITIZENS:
        alone = first in READERS or first + 1 in READERS or first + 1 == CITIZENS
        two = (first, BESIDE if alone else first + 1)
        who = [
            person(
                role, name_of(n), document_number=document_number_of(n), office="ojm-vilar", mobile=f"+346000001{n:02d}"
            )
            for role, n in zip(("applicant", "respondent"), two, strict=True)
        ]
        seats = [*who, {"role": "clerk", "account": clerk}]
        procedure = house.conciliation(participants=seats, declared=DECLARED | {"object": CLAIM})
        for seat, n in zip(("p1", "p2"), two, strict=True):
            if n != BESIDE:
                code = house.code(procedure, seat)
                sittings.append(Sitting(n, procedure, seat, name_of(n), document_number_of(n), code))
    return sittings


class Shown(Exception):
    """The paper is on the screen of whoever reads it: the play ends here."""


class UpToReading(InTheSessionsOfTheTest):
    async def read_and_sign(self, document: CaseDocument, person: Participant) -> None:
        host = (await self._courtroom.procedure()).hosts[0]
        both = tuple(one.id for one in (await self._courtroom.procedure()).citizens)
        await self.say(host, PresentDocument, document=document.id, to=both)
        raise Shown

    async def until(self, stage: Stage) -> None:
        await self.enter()
        await self.identify()
        with suppress(Shown):
            await self.hold_agenda()


@contextmanager
def office_browser(playwright: Playwright, profile: Path) -> Iterator[BrowserContext]:
    """What Playwright switches off, and an office has, is on: the cache of pages gone back from."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path="/usr/bin/chromium",
        args=list(FLAGS),
        ignore_default_args=["--disable-back-forward-cache"],
        locale="es-ES",
        downloads_path=profile / "downloads",
    )
    try:
        yield context
    finally:
        context.close()


def sits_down(house: House, page: Page, who: Sitting) -> None:
    """From the welcome to the waiting room."""
    page.goto(f"{house.url}/")
    page.locator("[data-test=have-summons]").click()
    page.locator("[data-test=summons-code]").fill(who.code.lower() if who.number % 2 else who.code)
    page.locator("[data-test=enter-code]").click()
    page.locator("[data-test=check-in]").click()
    page.locator("[data-test=accept-warnings]").click()
    page.locator("[data-test=equipment-good]").click()
    page.locator("#task").wait_for()
    assert who.name in page.content()


def reads(house: House, page: Page, who: Sitting) -> None:
    """Whoever holds the act lets them and the respondent in, and shows them what they would sign."""
    beside = house.arrived(who.procedure, "p2", "ojm-vilar")
    warned = command(beside, who.procedure, "acknowledge_warnings", participant="p2", text_version="2026-1")
    assert warned.status_code == 200, warned.text
    apart(_play(house, who.procedure, Stage.IN_SESSION, UpToReading))
    page.goto(f"{house.url}/citizen/room")
    page.locator("[data-test=read-page]").click()
    picture = page.locator("[data-test=page-picture] img, img[data-test=page-picture]").first
    picture.wait_for()
    page.wait_for_timeout(500)


def apart(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: Playwright has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def leaves(page: Page) -> None:
    """By the button, wherever the page has it."""
    page.locator("#leave-now").evaluate("form => { form.closest('details').open = true }")
    page.locator("[data-test=leave-now]").click()
    page.locator("[data-test=have-summons]").wait_for()


def goes(house: House, page: Page, who: Sitting) -> None:
    """In turn: by the button, when the time of the session is over, sent out by the official, without a word."""
    way = 0 if who.number == CITIZENS - 1 else who.number % 4
    if way == 0:
        leaves(page)
    elif way == 1:
        apart(end_sessions_of(house, who.procedure))
        page.goto(f"{house.url}/citizen/room")
        page.locator("[data-test=session-ended]").wait_for()
    elif way == 2:
        clerk = house.staff(CLERK)
        done = command(clerk, who.procedure, "dismiss_participant", participant=who.participant, reason="Ha terminado.")
        assert done.status_code in (200, 409), done.text
        page.goto(f"{house.url}/citizen/room")
        leaves(page)


def kept_by_the_page(page: Page) -> str:
    """What scripts could have kept, as one text."""
    kept = page.evaluate(
        """async () => ({
            local: {...localStorage}, session: {...sessionStorage},
            databases: indexedDB.databases ? await indexedDB.databases() : [],
            caches: self.caches ? await caches.keys() : [], title: document.title, name: window.name,
            workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
        })"""
    )
    return json.dumps(kept, ensure_ascii=False)


def nothing_on_screen(house: House, page: Page, before: list[Sitting], back: int = 3) -> None:
    """Not at the welcome, not so many pages further back, and not in what scripts can ask for."""
    page.goto(f"{house.url}/")
    seen = [page.content(), kept_by_the_page(page)]
    for _ in range(back):
        page.go_back()
        page.wait_for_load_state()
        if not page.url.startswith(house.url):  # before the first page of all
            break
        seen += [page.content(), kept_by_the_page(page), page.url]
    for sitting in before:
        assert not [word for word in sitting.words for text in seen if word in text], f"of {sitting.number}"


@pytest.mark.timeout(400)
def test_of_twenty_people_in_one_profile_nothing_is_left(house: House, tmp_path: Path) -> None:
    profile, sittings = tmp_path / "profile", summoned(house)
    token = house.logins["computers_of_players"]["ojm-vilar"]["token"]
    with sync_playwright() as playwright:
        with office_browser(playwright, profile) as context:
            context.add_cookies([{"name": "estrado-device", "value": token, "url": house.url}])
            page = context.pages[0] if context.pages else context.new_page()
            for who in sittings:
                sits_down(house, page, who)
                if who.number in READERS:
                    reads(house, page, who)
                goes(house, page, who)
                # Whoever goes without a word has a session until its time is over, or until somebody else sits down.
                ended = who.number % 4 != 3 or who.number == CITIZENS - 1
                nothing_on_screen(house, page, sittings[: who.number + 1], back=3 if ended else 0)
        words = {word for who in sittings for word in who.words}
        assert telling(profile, words) == {}
        assert not list((profile / "downloads").glob("*"))
        # After a night: the browser is opened again, and shows its welcome.
        with office_browser(playwright, profile) as context:
            nothing_on_screen(house, context.new_page(), sittings)
        assert telling(profile, words) == {}


def test_the_search_finds_what_a_page_keeps(tmp_path: Path) -> None:
    name, words = name_of(19), {"Quirxaltde": "a name", "A7KQ-93ZM-T40X": "a code", CLAIM: "words"}
    body = f"""<title>{name}</title><form action=/done><input name=code value="A7KQ-93ZM-T40X"></form>
        <script>localStorage.setItem("who", "{name}"); document.cookie = "c=1";
        const opened = indexedDB.open("acts"); opened.onupgradeneeded = () => opened.result.createObjectStore("one");
        opened.onsuccess = () => opened.result.transaction("one", "readwrite").objectStore("one").put("{CLAIM}", 1);
        </script>"""

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html; charset=utf-8", headers={"Cache-Control": "max-age=3600"})

    with sync_playwright() as playwright, office_browser(playwright, tmp_path / "profile") as context:
        page = context.new_page()
        page.route("**/*", answer)
        page.goto("http://office.example/")
        page.evaluate("document.forms[0].submit()")
        page.wait_for_url("**/done?**")
        page.wait_for_timeout(1500)
    found = telling(tmp_path / "profile", words)
    places = {word: {path for path, told in found.items() if word in told} for word in words}
    assert all(places.values()), found
    assert any("History" in path for path in places["A7KQ-93ZM-T40X"])
    assert any("Local Storage" in path for path in places["Quirxaltde"])
    assert any("IndexedDB" in path for path in places[CLAIM])


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le"])
def test_the_search_finds_words_in_what_was_deflated(tmp_path: Path, code: str) -> None:
    deflated = gzip.compress(b"x" * 99 + "Quirxalade".encode(code))
    (tmp_path / "f_000001").write_bytes(b"\0head" + deflated + b"tail")
    assert telling(tmp_path, {"Quirxalade"}) == {"f_000001": {"Quirxalade"}}
