"""What is left of somebody at a computer that somebody else uses next: nothing, in no window."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, Route

from api.pages.rendering import PageContext, render
from tests.pages.conftest import PaintedPages
from tests.pages.shown import busy, looks, of_lists, of_procedure
from tests.templates.samples import conciliation

LOOK = replace(next(look for look in looks() if look.language == "es"), role="citizen", at_office=True)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def pages(look: PageContext) -> Iterator[tuple[str, str]]:
    for story in (busy, conciliation):
        act = story()
        yield from ((n, h) for n, h in of_procedure(act, act.procedure, len(act.events), look) if n.startswith("citi"))


def test_no_page_of_a_citizen_at_an_office_opens_a_document_in_a_window_of_its_own() -> None:
    """A tab of the browser's own PDF reader outlives every session, and offers to keep what it shows."""
    for name, html in pages(LOOK):
        assert 'target="_blank"' not in html, name
        assert ".pdf" not in html, name


def test_whoever_is_at_their_own_computer_may_keep_a_copy() -> None:
    assert any(".pdf?which=original" in html for _, html in pages(replace(LOOK, at_office=False)))


def test_a_document_is_read_again_where_it_is_signed(painted: PaintedPages, tab: Page) -> None:
    room = next(html for name, html in pages(LOOK) if name == "citizen-room")
    tab.goto(painted.put("again", room))
    assert tab.locator("[data-test=page-picture]:visible").count() == 0
    tab.locator("[data-test=read-again]").click()
    assert tab.locator("[data-test=page-picture]:visible").count() > 0
    words = tab.locator("[data-words-of]").first
    address = words.get_attribute("data-words-of")
    assert address
    painted.put(address.strip("/"), "Las partes convienen lo siguiente.")
    words.locator("summary").click()
    tab.get_by_text("Las partes convienen lo siguiente.").wait_for()


def test_every_window_of_a_session_goes_when_one_of_them_was_left(painted: PaintedPages, tab: Page) -> None:
    end = next(html for name, html in pages(LOOK) if name == "citizen-end")
    tab.goto(painted.put("end", end))
    nobody = replace(LOOK, role="anyone", csrf="")
    welcome = render("welcome.html", nobody, where="welcome", code="", again=False, called=False, path="/")
    painted.put("", welcome)
    other = tab.context.new_page()
    other.goto(painted.put("left", welcome))
    tab.locator("[data-test=have-summons]").wait_for(timeout=5000)
    assert other.url.endswith("/left")


def test_whoever_leaves_by_the_button_arrives_where_it_leads_though_the_news_comes_first(
    painted: PaintedPages, tab: Page
) -> None:
    look = replace(LOOK, role="staff", roles=("clerk",), at_office=False)
    board = next(html for name, html in of_lists(look) if 'action="/staff/out"' in html)
    nobody = replace(LOOK, role="anyone", csrf="")
    welcome = render("welcome.html", nobody, where="welcome", code="", again=False, called=False, path="/")
    door = painted.put("staff", "<p id=door></p>")
    other = tab.context.new_page()

    def answer(route: Route) -> None:
        # Another window hears of it, and tells, before the answer is there.
        other.goto(painted.put("left", welcome))
        tab_hears.append(route.request.method)
        route.fulfill(body="<p id=said></p>", content_type="text/html")

    tab_hears: list[str] = []
    tab.route("**/staff/out", answer)
    tab.goto(painted.put("board", board))
    tab.locator("[data-test=sign-out]").click()
    tab.locator("#said").wait_for(state="attached", timeout=10_000)
    assert tab_hears == ["POST"] and tab.url != door
