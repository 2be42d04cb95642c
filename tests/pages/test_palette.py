"""The list of commands names every act once, and as its button does."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import PaintedPages
from tests.pages.shown import approving, busy, looks, of_procedure
from tests.templates.request_abroad import written
from tests.templates.samples import Act

LOOK = next(look for look in looks() if look.language == "es")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("story", "wanted"), [(busy, "Interrumpir"), (approving, "Receso"), (written, "Anular")])
def test_an_act_is_listed_once_and_without_its_key(
    painted: PaintedPages, tab: Page, story: Callable[[], Act], wanted: str
) -> None:
    act = story()
    tab.goto(painted.put("palette", dict(of_procedure(act, act.procedure, len(act.events), LOOK))["procedure"]))
    tab.locator("[data-test=palette-open]").click()
    tab.locator("[data-test=palette-search]").fill(wanted)
    found = tab.locator("#palette-found button")
    expect(found.first).to_be_visible()
    names = found.all_inner_texts()
    assert len(names) == len(set(names)) and not any(name.endswith((" i", " r", " n")) for name in names), names
    found.first.click()
    expect(tab.locator("#palette")).to_be_hidden()
