"""A press is never lost: not to a page that is painted anew while a key or button is down, nor before scripts run."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from api.pages.citizen.view import citizen_view
from api.pages.rendering import render
from tests.pages.conftest import PaintedPages
from tests.pages.shown import busy, looks, of_lists, of_procedure
from tests.templates.samples import Act, conciliation

LOOK = next(look for look in looks() if look.language == "es")
ROUNDS = 8

WATCHING = """window.sent = [];
document.addEventListener("submit", (event) => {
  window.sent.push(event.target.id);
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);"""
REPAINT = "import('/static/js/live.js').then((live) => live.refresh())"


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


def page_of(act: Act) -> str:
    return next(html for name, html in of_procedure(act, act.procedure, len(act.events), LOOK) if name == "procedure")


def helped(html: str) -> str:
    """The same page where the button of the first help is somebody else's: what another event makes of it."""
    before, form, after = html.partition('<form id="help-p1"')
    assert form
    return before + '<p class="quiet">Otra cosa.</p><form id="help-p9"' + after


def repaint(tab: Page) -> None:
    with tab.expect_response(lambda answer: answer.url.endswith("/pressed")):
        tab.evaluate(REPAINT)
    tab.wait_for_timeout(150)


def hold_down(tab: Page, button: Locator) -> None:
    """Press it with the pointer, wherever the page that has just been painted has put it."""
    for _ in range(10):
        button.hover()
        tab.mouse.down()
        if button.evaluate("button => button.matches(':active')"):
            return
        tab.mouse.up()
    raise AssertionError("the button does not stand still")


@pytest.mark.parametrize("how", ["pointer", "Space"])
def test_what_is_pressed_while_the_page_is_painted_anew_is_done(painted: PaintedPages, tab: Page, how: str) -> None:
    html = page_of(busy())
    address = painted.put("pressed", html)
    tab.goto(address)
    tab.evaluate(WATCHING)
    button = tab.locator("[data-test=answer-help-p1]")
    for _ in range(ROUNDS):
        if how == "Space":
            button.focus()
            tab.keyboard.down("Space")
        else:
            hold_down(tab, button)
        painted.put("pressed", helped(html))
        repaint(tab)
        if how == "Space":
            tab.keyboard.up("Space")
        else:
            tab.mouse.up()
        # What came meanwhile is shown as soon as the press is over.
        expect(tab.locator("#help-p9")).to_have_count(1)
        painted.put("pressed", html)
        repaint(tab)
        expect(tab.locator("#help-p1")).to_have_count(1)
        # What was read already is being painted, and is no answer that comes during the next press.
        tab.wait_for_timeout(400)
    assert tab.evaluate("window.sent") == ["help-p1"] * ROUNDS


def test_the_answer_to_one_act_waits_for_the_press_of_the_next(painted: PaintedPages, tab: Page) -> None:
    html = page_of(busy())
    tab.goto(painted.put("pressed", html))
    answers: list[Route] = []
    tab.route("**/acts/interrupt-procedure", lambda route: answers.append(route))
    tab.locator("[data-test=recess]").click()
    tab.wait_for_timeout(100)
    tab.evaluate(WATCHING)
    hold_down(tab, tab.locator("[data-test=answer-help-p1]"))
    answers[0].fulfill(body=helped(html), content_type="text/html")
    tab.wait_for_timeout(300)
    tab.mouse.up()
    expect(tab.locator("#help-p9")).to_have_count(1)
    assert tab.evaluate("window.sent") == ["help-p1"]


def test_a_press_that_nobody_ends_does_not_stop_the_page_for_ever(painted: PaintedPages, tab: Page) -> None:
    html = page_of(busy())
    tab.goto(painted.put("pressed", html))
    tab.locator("[data-test=answer-help-p1]").focus()
    tab.keyboard.down("Space")
    painted.put("pressed", helped(html))
    repaint(tab)
    tab.evaluate("dispatchEvent(new Event('blur'))")
    expect(tab.locator("#help-p9")).to_have_count(1)


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_what_looks_like_a_button_is_pressed_before_the_scripts_have_come(
    painted: PaintedPages, tab: Page, key: str
) -> None:
    held: list[Route] = []
    tab.route("**/static/js/page.js", lambda route: held.append(route))
    tab.route("**/citizen/room*", lambda route: route.fulfill(body="<h1>Sala</h1>", content_type="text/html"))
    act = conciliation()
    shown = citizen_view(act.procedure, act.procedure.citizens[0], "equipment", LOOK)
    html = render("citizen_equipment.html", LOOK, shown=shown, text_version="1", countdown=120, qr="", path="/x")
    tab.goto(painted.put("early", html), wait_until="commit")
    button = tab.locator("[data-test=equipment-good]")
    button.focus()
    tab.keyboard.press(key)
    expect(tab.locator("h1")).to_have_text("Sala")
    assert held, "the scripts had come"


def test_the_button_of_a_passkey_rests_until_its_script_has_come(painted: PaintedPages, tab: Page) -> None:
    """Pressed before, it would send a form without an answer."""
    held: list[Route] = []
    tab.route("**/static/js/passkey.js", lambda route: held.append(route))
    html = next(html for name, html in of_lists(LOOK) if "passkey" in name and 'data-test="use-passkey"' in html)
    tab.goto(painted.put("passkey", html), wait_until="commit")
    button = tab.locator("[data-test=use-passkey]")
    expect(button).to_be_disabled()
    tab.wait_for_timeout(300)
    held[0].continue_()
    expect(button).to_be_enabled()


def test_what_is_typed_outlives_everything_that_comes(painted: PaintedPages, tab: Page) -> None:
    act = busy()
    html = page_of(act)
    tab.goto(painted.put("pressed", html))
    tab.locator("[data-test=interrupt-open]").click()
    note = tab.locator("[data-test=interrupt-note]")
    words = "Se ha ido la luz en la sala de vistas."
    note.focus()
    for number, letter in enumerate(words):
        tab.keyboard.type(letter)
        if number % 4 == 0:
            painted.put("pressed", helped(html) if number % 8 else html)
            repaint(tab)
            assert tab.evaluate("document.activeElement.dataset.test") == "interrupt-note"
    expect(note).to_have_value(words)
