"""From an item of the agenda to its moment in the recording, by a link that anybody may keep."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from domain.procedure.recording import RecordedPart, Recording
from tests.pages.conftest import PaintedPages
from tests.pages.shown import AT, looks, of_procedure
from tests.templates.samples import conciliation, document_ref

LOOK = next(look for look in looks() if look.language == "es")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def test_a_link_to_an_item_leads_to_its_moment(painted: PaintedPages, tab: Page) -> None:
    act = conciliation()
    address = painted.put("watched", dict(of_procedure(act, act.procedure, len(act.events), LOOK))["recording"])
    tab.goto(f"{address}#item-i3")
    expect(tab.locator("[data-test=clock]")).to_have_text("0:41 / 1:35")
    expect(tab.locator("[data-test=chapter-3]")).to_be_focused()
    tab.evaluate("location.hash = '#item-i2'")
    expect(tab.locator("[data-test=clock]")).to_have_text("0:12 / 1:35")
    tab.evaluate("location.hash = '#main'")
    expect(tab.locator("[data-test=clock]")).to_have_text("0:12 / 1:35")


def test_each_item_that_was_dealt_with_has_its_link_once_there_is_a_recording(painted: PaintedPages, tab: Page) -> None:
    act = conciliation()
    part = RecordedPart(part=1, began_at=AT, ended_at=AT)
    recorded = act.procedure.but(recording=Recording(parts=(part,), lines=2, manifest=document_ref("manifest")))
    pages = {
        name: dict(of_procedure(act, state, len(act.events), LOOK))["procedure"]
        for name, state in (("not", act.procedure), ("recorded", recorded))
    }
    tab.goto(painted.put("not-recorded", pages["not"]))
    expect(tab.locator("[data-test^=watch-]")).to_have_count(0)
    tab.goto(painted.put("recorded", pages["recorded"]))
    done = tab.locator("[data-test=agenda] [data-state=done]")
    expect(tab.locator("[data-test^=watch-]")).to_have_count(done.count())
    assert done.count() > 3
    first = tab.locator("[data-test^=watch-]").first
    assert (first.get_attribute("href") or "").endswith(f"/procedures/{recorded.id}/recording#item-i1")
