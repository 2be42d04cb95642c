"""What axe and a narrow window say of every page, in every image. WCAG 2.2 AA."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page

from api.pages.rendering import PageContext
from tests.pages.conftest import PROJECT, PaintedPages
from tests.pages.floor import asking_for_floor, muted, not_recorded, one_muted
from tests.pages.identifying_with_advice import WITH_ADVICE
from tests.pages.registers import asking_registers
from tests.pages.shown import approving, busy, identifying, looks, of_lists, of_procedure
from tests.pages.signing_minutes import signing_minutes
from tests.templates.conferring import conferring
from tests.templates.request_abroad import answered, returned
from tests.templates.samples import Act, conciliation, victim_appointment

AXE = (PROJECT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
BREACHES = """standards =>
  axe.run(document, {runOnly: standards, resultTypes: ["violations"]})
    .then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].html]))"""
"""Nothing is told of what is right: writing that down took axe longer than looking."""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = {f"{look.administration.id}-{look.language}": look for look in looks()}

STORIES = (
    conciliation,
    busy,
    identifying,
    *WITH_ADVICE,
    approving,
    signing_minutes,
    conferring,
    victim_appointment,
    asking_registers,
    asking_for_floor,
    muted,
    one_muted,
    not_recorded,
    returned,
    answered,
)


IN_TURN = [("atlantia-es", STORIES[::2]), ("meseta-en", STORIES[1::2])]
"""Every list in both images and languages, each story in one: its pages are made of the same parts."""


def everything(look: PageContext, stories: Sequence[Callable[[], Act]] = STORIES) -> Iterator[tuple[str, str]]:
    yield from of_lists(look)
    for story in stories:
        act = story()
        for name, html in of_procedure(act, act.procedure, len(act.events), look):
            yield f"{story.__name__}-{name}", html


def breaches(tab: Page) -> list[tuple[str, str]]:
    """The rules that the page breaks, each with the first element that does."""
    tab.evaluate(AXE)
    return [(rule, html[:160]) for rule, html in tab.evaluate(BREACHES, STANDARDS)]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.timeout(600)  # some hundred pages, each loaded and looked through: minutes on two busy processors
@pytest.mark.parametrize(("name_of_look", "stories"), IN_TURN, ids=[name for name, _ in IN_TURN])
def test_axe_finds_nothing_on_any_page(
    name_of_look: str, stories: Sequence[Callable[[], Act]], painted: PaintedPages, tab: Page
) -> None:
    look, found = LOOKS[name_of_look], []
    different = {html: name for name, html in everything(look, stories)}
    for number, (html, name) in enumerate(different.items()):
        tab.goto(painted.put(f"{look.administration.id}-{look.language}-{number}", html))
        found += [(name, *breach) for breach in breaches(tab)]
    assert found == []


def test_nothing_has_to_be_scrolled_sideways_at_320_pixels(painted: PaintedPages, tab: Page) -> None:
    """WCAG 1.4.10: the same as 400 % on a screen of 1280."""
    tab.set_viewport_size({"width": 320, "height": 640})
    wide = []
    different = {html: name for name, html in everything(LOOKS["atlantia-es"])}
    for number, (html, name) in enumerate(different.items()):
        tab.goto(painted.put(f"narrow-{number}", html))
        excess = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if excess > 0:
            wide.append((name, excess))
    assert wide == []


def test_what_citizens_press_is_at_least_44_pixels_high(painted: PaintedPages, tab: Page) -> None:
    act = busy()
    for name, html in of_procedure(act, act.procedure, len(act.events), LOOKS["atlantia-es"]):
        if not name.startswith("citizen"):
            continue
        tab.goto(painted.put(f"targets-{name}", html))
        for button in tab.locator("main button:visible, main a.govuk-button:visible").all():
            box = button.bounding_box()
            assert box and box["height"] >= 44, (name, button.inner_text())
