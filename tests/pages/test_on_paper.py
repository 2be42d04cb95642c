"""What comes out of a printer: every list whole, and on the slip what is for the person alone. And without colours."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import PaintedPages
from tests.pages.shown import approving, busy, looks, of_lists, of_procedure
from tests.templates.samples import Act

LOOK = next(look for look in looks() if look.language == "es")
CUT = """() => [...document.querySelectorAll("#main *")].filter((one) => one.checkVisibility()
  && getComputedStyle(one).overflowY !== "visible" && one.scrollHeight > one.clientHeight + 1
  && !one.matches("progress, textarea, select, input, video, .govuk-visually-hidden"))
  .map((one) => one.id || one.className)"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def page_of(act: Act, name: str = "procedure") -> str:
    return dict(of_procedure(act, act.procedure, len(act.events), LOOK))[name]


@pytest.mark.parametrize("story", [busy, approving])
def test_nothing_of_an_act_is_cut_on_paper(painted: PaintedPages, tab: Page, story: object) -> None:
    assert callable(story)
    tab.goto(painted.put("paper", page_of(story())))
    tab.emulate_media(media="print")
    assert tab.evaluate(CUT) == []
    assert tab.locator(".timeline li").last.bounding_box() is not None


def test_the_slip_tells_the_person_and_not_the_desk(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("slip", dict(of_lists(LOOK))["walk-in-slip"]))
    tab.emulate_media(media="print")
    for hidden in ('[data-test="back"]', "#heading", '[data-test="print"]', '[data-test="go-on"]'):
        expect(tab.locator(hidden)).to_be_hidden()
    expect(tab.locator('[data-test="slip-code"]')).to_be_visible()


def test_the_step_counter_is_filled_without_the_colours_of_the_page(painted: PaintedPages, tab: Page) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(painted.put("forced", page_of(busy(), "citizen-start")))
    bar = Image.open(io.BytesIO(tab.locator("progress").first.screenshot())).convert("RGB")
    done, to_come = (bar.getpixel((int(bar.width * part), bar.height // 2)) for part in (0.1, 0.8))
    assert done != to_come


def test_no_badge_breaks_a_word(painted: PaintedPages, tab: Page) -> None:
    for name, html in (*of_lists(LOOK), ("procedure", page_of(busy()))):
        tab.goto(painted.put(f"badges-{name}", html))
        broken = tab.evaluate(
            """() => [...document.querySelectorAll(".badge")].filter((one) => one.checkVisibility()
              && !one.textContent.trim().includes(" ")
              && one.getClientRects()[0].height > 1.9 * parseFloat(getComputedStyle(one).fontSize))
              .map((one) => one.textContent)"""
        )
        assert broken == [], name
