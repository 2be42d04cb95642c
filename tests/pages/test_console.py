"""What the page of an act does in a browser: keys, errors, feedback, drafts, the way to what comes next."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from api.http.problems import problem_text
from api.pages.again import Fault
from api.pages.procedure.view import procedure_view
from api.pages.rendering import render
from domain.errors import Refusal
from domain.procedure.people import Participant
from domain.refusals.requests import FIELD_REQUIRED
from tests.adapters.sheets import encoded, picture
from tests.pages.conftest import PaintedPages
from tests.pages.procedure_page import procedure_page
from tests.pages.shown import busy, identifying, looks, of_procedure
from tests.templates.samples import Act, conciliation, hearing

LOOK = next(look for look in looks() if look.language == "es")
WAIT = 15_000


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def page_of(act: Act, name: str = "procedure") -> str:
    return next(html for found, html in of_procedure(act, act.procedure, len(act.events), LOOK) if found == name)


def point_open() -> Act:
    """The hearing of the first party is open."""
    act = conciliation()
    opened = [n for n, (event, _) in enumerate(act.events) if type(event).__name__ == "ItemOpened"]
    act.events = act.events[: opened[0] + 1]
    return act


def problem(*faults: Fault) -> str:
    refusal = problem_text(Refusal(FIELD_REQUIRED, field=faults[0].field, item="A01", kind=""), LOOK.language)
    return render(
        "problem.html", LOOK, refusal=refusal, field=faults[0].field, faults=faults, saved=None, ours=False, back="/",
        path="/x",
    )  # fmt: skip


def test_no_single_key_stops_the_act_or_lets_somebody_in(painted: PaintedPages, tab: Page) -> None:
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    tab.goto(painted.put("keys", page_of(busy())))
    tab.keyboard.press("r")
    expect(tab.locator("[data-test=recess]")).to_be_focused()
    tab.keyboard.press("n")
    tab.wait_for_timeout(300)
    assert [address for address in sent if "/acts/" in address] == []
    tab.locator("[data-test=keys-open]").click()
    tab.locator("[data-test=keys-on]").uncheck()
    tab.locator("[data-test=close-keys]").click()
    tab.locator("#heading").focus()
    tab.keyboard.press("r")
    expect(tab.locator("[data-test=recess]")).not_to_be_focused()
    tab.reload()
    tab.keyboard.press("r")
    expect(tab.locator("[data-test=recess]")).not_to_be_focused()


def test_the_way_to_an_identification_leads_to_it_and_not_to_its_waiver(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("lead", page_of(identifying())))
    tab.locator("[data-test=next-link]").click()
    expect(tab.locator(".identify :focus").first).to_be_visible()
    assert tab.locator(".identify details[open]").count() == 0
    assert tab.evaluate("document.activeElement.closest('details')") is None


def test_the_picture_of_a_document_is_read_as_large_as_it_was_taken(painted: PaintedPages, tab: Page) -> None:
    drawn = encoded(picture(size=(640, 480)), "PNG")
    tab.route("**/stills/*.png*", lambda route: route.fulfill(body=drawn, content_type="image/png"))
    tab.goto(painted.put("still", page_of(identifying())))
    shown, larger = tab.locator(".identify__pair img").first, tab.locator(".identify__pair [data-zoom]").first
    before = shown.bounding_box()
    assert before and before["width"] < 640

    larger.click()

    after = shown.bounding_box()
    assert after and after["width"] >= 640
    expect(larger).to_have_attribute("aria-pressed", "true")
    excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(excess) == 0
    larger.click()
    again = shown.bounding_box()
    assert again and again["width"] == before["width"]


def waivers(act: Act, seat: Participant) -> str:
    """The page as whoever holds `seat` sees it."""
    state, count = act.procedure, len(act.events)
    shown = procedure_view(state, count - 1, seat, LOOK, act.journal, None, None)
    return procedure_page(shown, LOOK)


def test_a_waiver_is_offered_only_to_the_role_that_may_give_one() -> None:
    act = hearing()
    names = [type(event).__name__ for event, _ in act.events]
    confirmed = next(n for n, name in enumerate(names) if name in ("IdentityConfirmed", "IdentityWaived"))
    act.events = act.events[:confirmed]
    state = act.procedure
    offered = {seat.role: "waive-open-" in waivers(act, seat) for seat in state.hosts}
    assert offered == {"judge": True, "clerk": False}
    assert state.type.procedure.identity.waiver_role == "judge"


def test_every_fault_is_told_at_its_field_and_the_list_leads_there(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("faults", page_of(busy())))
    faults = (Fault("new_date", "Escriba una fecha."), Fault("reason", "Diga por qué."))
    tab.route("**/acts/adjourn-procedure", lambda route: answered(route, problem(*faults), 422))
    tab.locator("[data-test=adjourn-open]").click()
    tab.locator("[data-test=adjourn]").click()
    box = tab.locator("#adjourn #problem-box")
    expect(box).to_be_focused()
    assert [link.strip() for link in box.locator("a").all_inner_texts()] == [
        "Nueva fecha y hora: Escriba una fecha.",
        "Motivo: Diga por qué.",
    ] or box.locator("a").count() == 2
    for name in ("new-date", "adjourn-reason"):
        assert tab.locator(f"#{name}").get_attribute("aria-invalid") == "true"
        assert tab.locator(f"#{name}-fault").is_visible()
    box.locator("a").nth(1).click()
    expect(tab.locator("#adjourn-reason")).to_be_focused()
    tab.keyboard.type("a")
    assert tab.locator("#adjourn-reason-fault").count() == 0


def test_what_was_taken_is_said_and_no_late_draft_goes_after_it(painted: PaintedPages, tab: Page) -> None:
    html, sent = page_of(point_open()), list[str]()
    tab.on("request", lambda request: sent.append(request.url.split("/")[-1]) if request.method == "POST" else None)
    tab.route("**/typing", lambda route: route.fulfill(json={"saved_at": "10:30", "others": []}))
    tab.route("**/acts/fill-item", lambda route: answered(route, html, 200))
    tab.goto(painted.put("drafts", html))
    words = tab.locator("form.filling").locator("textarea, input.govuk-input").first
    words.fill("A")
    expect(tab.locator("[data-test=saved]")).to_contain_text("10:30", timeout=WAIT)
    words.fill("B")
    tab.locator("[data-test=keep-item]").click()
    expect(tab.locator("#connection")).to_have_text("Guardado", timeout=WAIT)
    tab.wait_for_timeout(1500)
    assert [name for name in sent if name in ("typing", "fill-item")] == ["typing", "fill-item"]


def test_correcting_a_point_and_giving_it_up_load_no_page_anew(painted: PaintedPages, tab: Page) -> None:
    act = conciliation()
    done = [n for n, (event, _) in enumerate(act.events) if type(event).__name__ == "ItemDone"]
    act.events = act.events[: done[0] + 1]
    html = page_of(act)
    tab.goto(painted.put("correct", html))
    tab.evaluate("window.same = true")
    tab.locator("[data-test^=more-]").first.click()
    with tab.expect_response(lambda answer: "item=" in answer.url):
        tab.locator("[data-test^=correct-]").first.click()
    tab.wait_for_timeout(300)
    assert tab.evaluate("window.same") is True


def test_a_page_is_read_only_once_it_is_on_the_screen(painted: PaintedPages, tab: Page) -> None:
    act = next(story for story in reading())
    tab.goto(painted.put("reading", page_of(act, "citizen-room")))
    button = tab.locator("[data-test=read-page]")
    expect(button).to_have_attribute("aria-disabled", "true", timeout=WAIT)
    expect(tab.locator("[data-page-again]")).to_be_visible(timeout=WAIT)
    picture = tab.screenshot()
    tab.route("**/pages/*.png*", lambda route: route.fulfill(body=picture, content_type="image/png"))
    tab.locator("[data-page-again]").click()
    expect(button).not_to_have_attribute("aria-disabled", "true", timeout=WAIT)
    assert tab.locator("[data-waits-for-page]").inner_text() == ""


def test_the_title_tells_how_many_wait_unless_somebody_wants_quiet(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("calls", page_of(busy())))
    assert tab.title().startswith("(1) ")
    tab.locator("[data-test=alerts]").uncheck()
    assert not tab.title().startswith("(")
    tab.reload()
    assert not tab.title().startswith("(")
    assert not tab.locator("[data-test=alerts]").is_checked()


def reading() -> Iterator[Act]:
    """The busy act, up to where the citizen reads the first page."""
    act = busy()
    names = [type(event).__name__ for event, _ in act.events]
    act.events = act.events[: names.index("DocumentPresented") + 1]
    yield act


def answered(route: Route, html: str, status: int) -> None:
    headers = (
        {"HX-Retarget": "#problem", "HX-Reswap": "innerHTML", "HX-Reselect": "#problem-box"} if status > 399 else {}
    )
    route.fulfill(status=status, body=html, content_type="text/html", headers=headers)
