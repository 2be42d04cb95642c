"""On a narrow screen: tables keep columns that can be read, and say where there is more; a code stays in one piece."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.conftest import PaintedPages
from tests.pages.shown import looks, of_lists

LOOK = next(look for look in looks() if look.language == "en")
NARROW = 320


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": NARROW, "height": 640})
    yield context.new_page()
    context.close()


def test_no_column_of_a_wide_table_is_squeezed_to_a_word_a_line(painted: PaintedPages, tab: Page) -> None:
    tables = 0
    for name, html in of_lists(LOOK):
        tab.goto(painted.put(f"tables-{name}", html))
        for table in tab.locator(".scroll > table:has(th:nth-child(4))").filter(visible=True).all():
            tables += 1
            box = table.bounding_box()
            assert box and box["width"] > NARROW * 1.5, name
            assert "gradient" in table.locator("..").evaluate("e => getComputedStyle(e).backgroundImage")
    assert tables > 2


def test_the_code_on_a_slip_is_read_in_one_piece(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("slip", dict(of_lists(LOOK))["walk-in-slip"]))
    code = tab.locator('[data-test="slip-code"]')
    line, box = code.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"), code.bounding_box()
    assert box and box["height"] < 2 * line and box["x"] + box["width"] <= NARROW
