"""Bringing in a document: the files are sent a few times at most, and what came of them is asked for."""

import json

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.pages.conftest import PaintedPages
from tests.pages.shown import looks, of_lists

FILES: list[FilePayload] = [
    {"name": "bien.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
    {"name": "mal.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bad"},
]


class Server:
    """Answers the sending with `sent` and each question with the next of `asked`; the last one stays."""

    def __init__(self, sent: list[tuple[int, object]], asked: list[tuple[int, object]]) -> None:
        self.sent, self.asked = sent, asked
        self.posts = self.gets = 0

    def __call__(self, route: Route) -> None:
        if route.request.method == "POST":
            status, body = self.sent[min(self.posts, len(self.sent) - 1)]
            self.posts += 1
        else:
            status, body = self.asked[min(self.gets, len(self.asked) - 1)]
            self.gets += 1
        route.fulfill(status=status, body=json.dumps(body), content_type="application/json")


@pytest.fixture
def visit(painted: PaintedPages, browser: Browser) -> Page:
    html = next(html for name, html in of_lists(next(looks())) if name == "visit")
    page = browser.new_page()
    page.goto(painted.put("visit", html))
    page.locator("[data-test=upload-title]").fill("Contrato")
    page.locator("[data-test=upload-files]").set_input_files(FILES)
    return page


def test_a_deposit_that_takes_long_is_sent_once_and_asked_for_until_it_is_done(visit: Page) -> None:
    server = Server([(202, {"code": "still_working"})], [(202, {}), (202, {}), (200, {"document": "d1"})])
    visit.route("**/uploads**", server)
    visit.locator("[data-test=upload-send]").click()
    expect(visit.locator(".upload__progress")).to_be_visible()
    expect(visit.locator(".upload__progress")).to_be_hidden(timeout=15_000)
    assert (server.posts, server.gets) == (1, 3)
    assert visit.locator("[data-test=upload-title]").input_value() == ""


def test_a_refusal_names_the_file(visit: Page) -> None:
    problem = {"code": "file_unreadable", "title": "Dañado", "detail": "Traiga otro.", "params": {"part": 2}}
    visit.route("**/uploads**", Server([(422, problem)], []))
    visit.locator("[data-test=upload-send]").click()
    expect(visit.locator("[data-test=upload-refused]")).to_contain_text("«mal.pdf»: Dañado. Traiga otro.")


def test_the_files_are_not_sent_again_where_an_outside_system_does_not_answer(visit: Page) -> None:
    server = Server([(503, {"code": "outside_unavailable", "title": "Un sistema externo no responde"})], [])
    visit.route("**/uploads**", server)
    visit.locator("[data-test=upload-send]").click()
    expect(visit.locator("[data-test=upload-refused]")).to_contain_text("Un sistema externo no responde")
    assert server.posts == 1


def test_after_a_few_times_the_person_decides(visit: Page) -> None:
    visit.clock.install()
    server = Server([(503, {"code": "engine_unavailable"})], [])
    visit.route("**/uploads**", server)
    key = visit.locator("form[data-upload] [name=key]").input_value()
    visit.locator("[data-test=upload-send]").click()
    for _ in range(6):
        visit.clock.fast_forward(20_000)
        visit.wait_for_timeout(100)
    expect(visit.locator("[data-test=upload-refused]")).to_contain_text("no se aportará dos veces")
    assert server.posts == 4
    assert visit.locator("form[data-upload] [name=key]").input_value() == key


def test_what_is_too_large_is_told_before_it_is_sent(visit: Page) -> None:
    server = Server([(201, {})], [])
    visit.route("**/uploads**", server)
    visit.locator("form[data-upload]").evaluate("form => (form.dataset.largestFile = '0.000009')")
    visit.locator("[data-test=upload-send]").click()
    expect(visit.locator("[data-test=upload-refused]")).to_contain_text("mal.pdf: pasa de 50 MB")
    assert server.posts == 0
