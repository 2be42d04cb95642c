"""On a narrow screen: tables keep columns that can be read, and say where there is more; a code stays in one piece."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from api.pages.rendering import render
from procedure_types.differences import Change, Difference
from tests.pages.conftest import PaintedPages
from tests.pages.publishing import pages_of_types
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
        for table in tab.locator(".scroll > table:not(.stacked):has(th:nth-child(4))").filter(visible=True).all():
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


BEYOND_ITS_PANEL = """() => {
  const beyond = [];
  for (const panel of document.querySelectorAll(".panel")) {
    const edge = panel.getBoundingClientRect().right, words = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      if (words.currentNode.parentElement.closest(".scroll, .govuk-visually-hidden, details, select, option")) continue;
      const text = document.createRange();
      text.selectNodeContents(words.currentNode);
      if (text.getBoundingClientRect().right > edge - 4) beyond.push(words.currentNode.data.trim());
    }
  }
  return beyond.filter(Boolean);
}"""
"""The words that leave the panel in which they stand, or touch its edge."""


def test_no_words_leave_their_panel(painted: PaintedPages, tab: Page) -> None:
    pages = [
        *of_lists(LOOK),
        *((name, render(template, LOOK, **told)) for name, template, told in pages_of_types(LOOK)),
    ]
    beyond = []
    for number, (name, html) in enumerate(pages):
        tab.goto(painted.put(f"panels-{number}", html))
        beyond += [(name, words) for words in tab.evaluate(BEYOND_ITS_PANEL)]
    assert beyond == []
    assert len(pages) > 20


TYPE = "mutual_agreement_boundary_of_neighbouring_estates_before_the_registrar"
LONG = (
    Difference(of=TYPE, change=Change.CHANGED, part="identity", path=("methods", "card_of_the_european_wallet"),
               before="pin_to_mobile", now=f"own_certificate, {'x' * 60}, {TYPE}"),
    Difference(of="boundary_marking", change=Change.MOVED, part="agenda", path=("A02 clerk",), before="3", now="7"),
)  # fmt: skip

BROKEN = """code => {
  const text = document.createRange(), found = [];
  for (const node of code.childNodes) {
    text.selectNodeContents(node);
    if (node.nodeType === Node.TEXT_NODE && text.getClientRects().length > 1) found.push(node.data);
  }
  return found;
}"""
"""The words of a name or key that stand on more than one line."""


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_what_a_new_version_changes_is_read_whole_and_its_keys_break_between_their_words(
    width: int, painted: PaintedPages, tab: Page
) -> None:
    template, told = next((template, told) for name, template, told in pages_of_types(LOOK) if "publication" in name)
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto(painted.put("changes", render(template, LOOK, **{**told, "changes": LONG})))
    table = tab.locator("[data-test=differences]")
    for cell in table.locator("td").filter(visible=True).all():
        box = cell.bounding_box()
        assert box and box["x"] + box["width"] <= width
        assert cell.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1"), cell.inner_text()
    assert [word for code in table.locator("code").all() for word in code.evaluate(BROKEN)] == []
    assert table.locator("td").first.inner_text().removeprefix("Of: ") == TYPE
    assert table.get_by_role("row").nth(1).get_by_role("cell").count() == 5
