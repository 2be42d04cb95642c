"""What people see of the pages: nothing asked for that is not ours, everything at a glance, nothing that misleads."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import Browser, Page

from domain.events.closing import ProcedureClosed
from domain.events.interruptions import DeadlinePassed, ProcedureInterrupted, TermReckoned
from domain.events.people import ParticipantLeft
from domain.types.vocabulary import InterruptionCause, TermDays
from tests.pages.conftest import PaintedPages
from tests.pages.shown import approving, busy, identifying, looks, of_lists, of_procedure
from tests.templates.samples import ELENA, Act, conciliation

LOOKS = {f"{look.administration.id}-{look.language}": look for look in looks()}
LOOK = LOOKS["atlantia-es"]
AT_ONCE = ("#next", "#video", "#agenda", "#people", "[data-test=jump-documents]", "[data-test=jump-timeline]")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def page_of(act: Act, name: str = "procedure") -> str:
    return next(html for found, html in of_procedure(act, act.procedure, len(act.events), LOOK) if found == name)


def every_page() -> Iterator[tuple[str, str]]:
    yield from of_lists(LOOK)
    for story in (busy, identifying, approving):
        act = story()
        yield from of_procedure(act, act.procedure, len(act.events), LOOK)


def test_no_page_is_written_in_or_asks_for_a_typeface_that_is_not_ours(painted: PaintedPages, tab: Page) -> None:
    """govuk-frontend's own is licensed for gov.uk alone; nor is it asked for when the connection loses our sheet."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    foreign = "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).fontFamily.includes('GDS')).length"
    for number, (name, html) in enumerate(every_page()):
        address = painted.put(f"type-{number}", html)
        tab.goto(address)
        assert tab.evaluate(foreign) == 0, name
    tab.route("**/static/css/estrado.css", lambda route: route.abort())
    tab.goto(painted.put("bare", page_of(busy())))
    assert tab.evaluate("getComputedStyle(document.body).fontFamily") != ""
    assert [address for address in asked if "/assets/" in address] == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 900)])
def test_who_holds_the_act_has_everything_before_the_eyes(
    painted: PaintedPages, tab: Page, width: int, height: int
) -> None:
    """Video, agenda and people side by side without scrolling the page, and the way to documents and what happened."""
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto(painted.put(f"glance-{width}", page_of(busy())))
    boxes = {place: tab.locator(place).bounding_box() for place in AT_ONCE}
    for place, box in boxes.items():
        assert box is not None, place
        assert box["y"] + 48 < height, (place, box)
        assert box["x"] >= 0, (place, box)
        assert box["x"] + box["width"] <= width, (place, box)
    agenda, video, people = (boxes[place] for place in ("#agenda", "#video", "#people"))
    assert agenda is not None
    assert video is not None
    assert people is not None
    assert agenda["x"] + agenda["width"] <= video["x"]
    assert video["x"] + video["width"] <= people["x"]


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_open_point_is_written_beside_the_video(painted: PaintedPages, tab: Page, language: str) -> None:
    """On the screen of an office, without scrolling: who writes sees who speaks."""
    tab.set_viewport_size({"width": 1366, "height": 768})
    act = conciliation()
    act.events = act.events[: [type(event).__name__ for event, _ in act.events].index("ItemOpened") + 1]
    look = LOOKS[f"atlantia-{language}"]
    html = next(html for name, html in of_procedure(act, act.procedure, len(act.events), look) if name == "procedure")
    tab.goto(painted.put(f"beside-{language}", html.replace("columns--both", "columns--video")))
    boxes = [tab.locator(place).bounding_box() for place in ("#video", "form.filling", "[data-test=done-item]")]
    video, form, button = boxes
    assert video and form and button
    assert video["x"] + video["width"] <= form["x"]
    assert max(box["y"] + box["height"] for box in (video, button) if box) <= 768
    for panel in ("#agenda", "#documents", "#people"):
        assert tab.evaluate(
            "p => { const e = document.querySelector(p); return e.scrollHeight <= e.clientHeight + 1; }", panel
        )


def test_the_open_point_is_in_sight_however_long_the_agenda(painted: PaintedPages, tab: Page) -> None:
    act = conciliation()
    act.events = act.events[: [type(event).__name__ for event, _ in act.events].index("DocumentWritten")]
    tab.goto(painted.put("agenda", page_of(act)))
    inside = """() => { const box = document.getElementById("agenda").getBoundingClientRect();
        const next = document.querySelector('#agenda [data-state="planned"]').getBoundingClientRect();
        return next.top >= box.top && next.bottom <= box.bottom; }"""
    assert tab.evaluate(inside)


def test_on_a_telephone_what_is_asked_comes_before_the_pictures(painted: PaintedPages, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(painted.put("asked", page_of(busy(), "citizen-room")))
    task, pictures = tab.locator("#task").bounding_box(), tab.locator("#pictures").bounding_box()
    assert task is not None
    assert pictures is not None
    assert task["y"] < pictures["y"]


def test_a_page_can_be_made_larger_and_small_again(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("larger", page_of(busy())))
    width = "document.querySelector('.sheet__page').getBoundingClientRect().width"
    before = tab.evaluate(width)
    tab.locator("[data-test=zoom]").click()
    assert tab.evaluate(width) > before * 1.3
    tab.locator("[data-test=zoom]").click()
    assert tab.evaluate(width) == before


def test_after_the_session_nobody_is_asked_to_let_in_an_official_who_left() -> None:
    """Who holds the act left the room when it closed; approving and signing need no room."""
    act = approving()
    act.then(ParticipantLeft(participant=ELENA))
    assert f'data-test="admit-{ELENA}"' not in page_of(act)


def test_what_is_closed_does_not_look_as_if_it_waited() -> None:
    act = conciliation()
    act.then(ProcedureClosed())
    assert re.search(r'badge badge--quiet">Cerrado<', page_of(act))


def test_an_interrupted_act_keeps_saying_that_its_term_has_passed() -> None:
    act = busy()
    act.then(ProcedureInterrupted(cause=InterruptionCause.CONNECTION_LOST, note="", must_act="clerk"))
    assert 'data-test="overdue"' not in page_of(act)
    act.then(DeadlinePassed(rule="resume_soon"))
    assert 'data-test="overdue"' in page_of(act)


def test_an_interrupted_act_says_until_when_it_can_go_on_in_time() -> None:
    """Law: LJV art. 144.4; the last day of the term, whose end is midnight there."""
    act = busy()
    act.then(ProcedureInterrupted(cause=InterruptionCause.ABSENCE, note="", must_act="clerk"))
    assert 'data-test="due"' not in page_of(act)
    act.then(
        TermReckoned(
            rule="new_date_within_five_days",
            days=TermDays.COURT,
            length=5,
            left_out=(),
            last_day=date(2026, 12, 4),
            due_at=datetime(2026, 12, 4, 23, tzinfo=UTC),
        )
    )
    assert "Hasta el 4 de diciembre de 2026 incluido, en días hábiles (LJV art. 144.4)" in page_of(act)


def test_an_interrupted_act_says_its_cause_and_has_one_button_to_resume(painted: PaintedPages, tab: Page) -> None:
    tab.goto(painted.put("stopped", next(html for name, html in of_lists(LOOK) if name == "board")))
    cards = tab.locator("#stopped .card").all()
    assert cards
    for card in cards:
        assert card.locator(".facts__cause").inner_text().strip()
        assert card.locator(".govuk-button:not(.govuk-button--secondary):visible").count() == 1
        assert card.locator("[data-test^=resume-]").is_visible()
