"""A paper goes from the glass into the deposit: paired by the code, page by page, looked at, put in order."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bench.rooms.house import free_port
from deploy.network_scanner.troubles import Trouble
from tests.pages.conftest import PaintedPages
from tests.pages.shown import looks, of_lists
from tests.scanning.agent import Office, office
from tests.scanning.network import network_scanner


@pytest.fixture
def painted() -> Iterator[PaintedPages]:
    pages = PaintedPages()
    yield pages
    pages.server.shutdown()
    pages.server.server_close()


@pytest.fixture
def desk(painted: PaintedPages, tmp_path: Path) -> Iterator[Office]:
    origin = f"http://127.0.0.1:{painted.server.server_address[1]}"
    with office(origin, free_port(), tmp_path) as made:
        yield made


@pytest.fixture
def tab(painted: PaintedPages, desk: Office) -> Iterator[Page]:
    with shown(painted, desk) as page:
        yield page


@contextmanager
def shown(painted: PaintedPages, desk: Office) -> Iterator[Page]:
    """The page of somebody's visit, on the screen of a computer with a scanner."""
    look = replace(next(iter(looks())), scanner=desk.url, csrf="a token of this session")
    visit = next(html for name, html in of_lists(look) if name == "visit")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(painted.put("visit", visit))
        yield page
        browser.close()


def told(tab: Page, name: str) -> str:
    return tab.locator(f"[data-test={name}]").inner_text()


def sizes(tab: Page) -> list[int]:
    """Of the files that the deposit would send."""
    files = "[...document.querySelector('[data-test=upload-files]').files].map(({size}) => size)"
    return list(tab.evaluate(files))


def test_pages_are_scanned_looked_at_and_put_in_order(tab: Page, desk: Office) -> None:
    code = desk.code()
    tab.locator("[data-test=scan-page]").click()
    expect(tab.locator("[data-test=scan-trouble]")).to_contain_text("Escriba el código")
    tab.locator("[data-test=scan-code]").fill("1234 5678")
    tab.locator("[data-test=scan-code]").press("Enter")
    expect(tab.locator("[data-test=scan-trouble]")).to_contain_text("Escríbalo otra vez")
    tab.locator("[data-test=scan-code]").fill(code)
    tab.locator("[data-test=scan-pair]").click()
    expect(tab.locator("[data-test=scan-status]")).to_have_text("El escáner está listo.")
    pages = tab.locator("[data-test=scan-pages] li")
    for number in (1, 2):
        if number == 2:
            tab.locator("[data-test=scan-colour]").check()
        tab.locator("[data-test=scan-page]").click()
        expect(pages).to_have_count(number)
    expect(pages.nth(1).locator("img")).to_have_attribute("alt", "Página 2")
    grey, colour = sizes(tab)
    assert grey != colour
    tab.locator("[data-test=scan-earlier-2]").click()
    assert sizes(tab) == [colour, grey]
    tab.locator("[data-test=scan-again-2]").click()  # in colour now, in its place
    expect(tab.locator("[data-test=scan-status]")).to_contain_text("Página 2 escaneada")
    assert sizes(tab) == [colour, colour]
    tab.locator("[data-test=scan-remove-1]").click()
    expect(pages).to_have_count(1)
    assert sizes(tab) == [colour]


def test_a_jam_keeps_the_pages_and_says_what_to_do(tab: Page, desk: Office) -> None:
    tab.locator("[data-test=scan-page]").click()
    tab.locator("[data-test=scan-code]").fill(desk.code())
    tab.locator("[data-test=scan-pair]").click()
    tab.locator("[data-test=scan-page]").click()
    expect(tab.locator("[data-test=scan-pages] li")).to_have_count(1)
    desk.scanner_ends_with("SANE_STATUS_JAMMED")
    tab.locator("[data-test=scan-page]").click()
    trouble = re.compile("El papel se ha atascado|El escáner ha dejado de responder")  # it hangs at some of its jams
    expect(tab.locator("[data-test=scan-trouble]")).to_contain_text(trouble, timeout=20_000)
    assert len(sizes(tab)) == 1


def test_all_sheets_of_a_feeder_come_in_one_press_and_a_jam_keeps_those_that_came(
    painted: PaintedPages, tmp_path: Path
) -> None:
    origin = f"http://127.0.0.1:{painted.server.server_address[1]}"
    with (
        network_scanner(free_port(), tmp_path / "scanner") as scanner,
        office(origin, free_port(), tmp_path, scanner.url) as desk,
        shown(painted, desk) as tab,
    ):
        scanner.has(sheets=3)
        tab.locator("[data-test=scan-page]").click()
        tab.locator("[data-test=scan-code]").fill(desk.code())
        tab.locator("[data-test=scan-pair]").click()
        tab.locator("[data-test=scan-page]").click()
        pages = tab.locator("[data-test=scan-pages] li")
        expect(pages).to_have_count(3, timeout=20_000)
        expect(tab.locator("[data-test=scan-page]")).to_have_attribute("aria-disabled", "false")
        assert told(tab, "scan-trouble") == ""
        scanner.has(Trouble.JAM, at=2, sheets=2)
        tab.locator("[data-test=scan-page]").click()
        expect(tab.locator("[data-test=scan-trouble]")).to_contain_text("El papel se ha atascado", timeout=20_000)
        assert len(sizes(tab)) == 4
        tab.screenshot(path=tmp_path / "feeder.png", full_page=True)


def test_without_the_program_files_are_chosen_instead(tab: Page, desk: Office) -> None:
    desk.end()
    tab.locator("[data-test=scan-page]").click()
    expect(tab.locator("[data-test=scan-trouble]")).to_contain_text("mientras, puede elegir archivos")
    assert told(tab, "scan-status") == ""
