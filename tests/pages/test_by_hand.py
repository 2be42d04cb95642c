"""Signing by hand in a browser: what is drawn, what leaves the page, and that nothing of it can be read on the way."""

import json
import math
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from domain.procedure.handwriting import HandwrittenSignature
from evidence.handwriting import read_handwriting
from evidence.strokes import open_strokes
from tests.evidence.by_hand import KEY, PRIVATE_KEY
from tests.pages.conftest import PaintedPages
from tests.pages.signing_by_hand import room_of, signing_by_hand
from tests.pages.test_accessibility import LOOKS, breaches
from tests.templates.samples import ANXO

ACT = signing_by_hand()
PAPER = ACT.procedure.documents[-1]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def at_the_box(painted: PaintedPages, tab: Page, look: str = "atlantia-es") -> None:
    tab.goto(painted.put(f"by-hand-{look}", room_of(ACT.procedure, LOOKS[look])))
    tab.locator('[data-test="hand-pad"]').wait_for()


def drawn(tab: Page, steps: int = 40) -> None:
    """One stroke with the mouse."""
    pad = tab.locator('[data-test="hand-pad"]')
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for number in range(steps):
        x, y = 0.1 + 0.8 * number / steps, 0.5 + 0.3 * math.sin(number / 5)
        tab.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        if number == 0:
            tab.mouse.down()
    tab.mouse.up()


@pytest.fixture
def sent(tab: Page) -> list[Request]:
    """What the page asks for by POST; nobody answers but with nothing."""
    asked: list[Request] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(status=204)

    tab.route("**/acts/**", answer)
    return asked


def form_of(sent: list[Request]) -> dict[str, str]:
    (asked,) = [one for one in sent if one.url.endswith("/handwrite-signature")]
    return {name: values[0] for name, values in parse_qs(asked.post_data or "", keep_blank_values=True).items()}


def test_what_leaves_the_page_opens_with_the_administrations_key_alone(
    painted: PaintedPages, tab: Page, sent: list[Request]
) -> None:
    at_the_box(painted, tab)
    drawn(tab)
    drawn(tab, 12)
    with tab.expect_response("**/handwrite-signature"):
        tab.locator('[data-test="handwrite"]').click()

    form = form_of(sent)
    made = HandwrittenSignature.model_validate_json(form["handwriting"])
    made.refuse_without_ink()
    assert (made.procedure, made.participant) == (ACT.procedure.id, ANXO)
    assert form["sha256"] == made.document_sha256 == PAPER.original.sha256
    found = read_handwriting(made.canonical(), "handwriting/x.json")
    told = open_strokes(found, {KEY: PRIVATE_KEY})
    assert (told["pointer"], told["width"] / told["height"]) == ("mouse", pytest.approx(2, abs=0.02))
    assert [len(stroke) > 8 for stroke in told["strokes"]] == [True, True]
    times = [point[2] for stroke in told["strokes"] for point in stroke]
    assert times[0] == 0 and times == sorted(times) and times[-1] > 0
    assert all(0 <= pressure <= 1 for stroke in told["strokes"] for *_, pressure in stroke)


def test_no_point_is_sent_or_stands_on_the_page_in_the_clear(
    painted: PaintedPages, tab: Page, sent: list[Request]
) -> None:
    at_the_box(painted, tab)
    drawn(tab)
    with tab.expect_response("**/handwrite-signature"):
        tab.locator('[data-test="handwrite"]').click()

    body = "".join(one.post_data or "" for one in sent)
    told = set(json.loads(form_of(sent)["handwriting"]))
    bound = {"v", "suite", "procedure", "participant", "document_sha256", "image_sha256", "key"}
    assert told == bound | {"image", "strokes"}
    assert "pressure" not in body and "began_at" not in body and '"strokes":[' not in body
    kept = tab.evaluate("JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])")
    assert json.loads(kept) == [[], []]
    assert "began_at" not in tab.content()


def test_strokes_can_be_taken_back_and_an_empty_box_is_not_sent(
    painted: PaintedPages, tab: Page, sent: list[Request]
) -> None:
    at_the_box(painted, tab)
    status, trouble = tab.locator('[data-test="hand-status"]'), tab.locator('[data-test="hand-trouble"]')
    drawn(tab)
    drawn(tab, 10)
    tab.locator('[data-test="hand-undo"]').click()
    assert status.inner_text() == "Hay una firma en el recuadro."
    tab.locator('[data-test="hand-undo"]').click()
    assert status.inner_text() == "El recuadro está vacío."
    drawn(tab)
    tab.locator('[data-test="hand-clear"]').click()
    tab.locator('[data-test="handwrite"]').click()
    assert trouble.inner_text().startswith("Firme primero en el recuadro")
    assert sent == []


def test_what_was_drawn_stays_when_the_screen_is_turned(painted: PaintedPages, tab: Page, sent: list[Request]) -> None:
    tab.set_viewport_size({"width": 800, "height": 500})
    at_the_box(painted, tab)
    drawn(tab)
    wide = tab.evaluate("document.querySelector('canvas').clientWidth")
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_function("wide => document.querySelector('canvas').width < wide", arg=wide)
    with tab.expect_response("**/handwrite-signature"):
        tab.locator('[data-test="handwrite"]').click()
    made = HandwrittenSignature.model_validate_json(form_of(sent)["handwriting"])
    made.refuse_without_ink()
    told = open_strokes(read_handwriting(made.canonical(), "handwriting/x.json"), {KEY: PRIVATE_KEY})
    assert all(0 <= x <= told["width"] for stroke in told["strokes"] for x, *_ in stroke)


def test_whoever_draws_nothing_goes_on_by_keyboard(painted: PaintedPages, tab: Page, sent: list[Request]) -> None:
    at_the_box(painted, tab)
    without = tab.locator('[data-test="decline-handwriting"]')
    without.focus()
    with tab.expect_response("**/decline-handwriting"):
        tab.keyboard.press("Enter")
    assert [one.url.rsplit("/", 1)[1] for one in sent] == ["decline-handwriting"]


def test_without_a_key_nobody_is_asked_to_draw(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("by-hand-no-key", room_of(ACT.procedure, LOOKS["meseta-en"], key=None)))
    assert tab.locator('[data-test="hand-pad"]').count() == 0
    assert tab.locator('[data-test="decline-handwriting"]').is_visible()


@pytest.mark.parametrize("width", [1366, 390, 320])
@pytest.mark.parametrize("look", ["atlantia-es", "meseta-en"])
def test_the_box_can_be_used_on_every_screen(look: str, width: int, painted: PaintedPages, tab: Page) -> None:
    tab.set_viewport_size({"width": width, "height": 768})
    at_the_box(painted, tab, look)
    assert tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for name in ("hand-undo", "hand-clear", "handwrite", "decline-handwriting"):
        box = tab.locator(f'[data-test="{name}"]').bounding_box()
        assert box is not None and box["height"] >= 44, name
    assert breaches(tab) == []
