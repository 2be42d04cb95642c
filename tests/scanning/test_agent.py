"""Only our pages use the scanner, only after a code from its window; and every trouble has its name."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bench.rooms.house import free_port
from tests.scanning.agent import Office, office

OURS = "https://justicia.example"
SESSION = "0" * 64


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(OURS, free_port(), tmp_path) as made:
        yield made


@pytest.fixture
def page(desk: Office) -> Iterator[httpx.Client]:
    """One of our pages that was given the code."""
    with desk.page_of(OURS, SESSION) as client:
        assert client.post("/pair", json={"code": desk.code()}).status_code == 204
        yield client


def scan(page: httpx.Client, **changes: str) -> httpx.Response:
    return page.post("/pages", json={"scanner": "test:0", "colours": "grey"} | changes)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/json", (answer.status_code, answer.content[:200])
    return answer.status_code, answer.json()["code"]


def test_a_page_is_scanned_whole_at_200_dots_an_inch(page: httpx.Client) -> None:
    assert page.get("/scanners").json() == [{"id": "test:0", "name": "Noname frontend-tester"}]
    answer = scan(page)
    picture = Image.open(BytesIO(answer.content))
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/png", "no-store")
    assert round(picture.info["dpi"][0]) == 200
    assert [round(side / 200 * 25.4) for side in picture.size] == [210, 297]
    assert (picture.mode, Image.open(BytesIO(scan(page, colours="colour").content)).mode) == ("L", "RGB")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("SANE_STATUS_JAMMED", "paper_jam"),
        ("SANE_STATUS_NO_DOCS", "no_paper"),
        ("SANE_STATUS_COVER_OPEN", "cover_open"),
        ("SANE_STATUS_DEVICE_BUSY", "scanner_busy"),
        ("SANE_STATUS_ACCESS_DENIED", "scanner_refuses"),
        ("SANE_STATUS_IO_ERROR", "scanner_silent"),
    ],
)
def test_what_stops_the_scanner_is_named_and_the_next_page_comes(
    desk: Office, page: httpx.Client, status: str, code: str
) -> None:
    desk.scanner_ends_with(status)
    # SANE's test scanner hangs at some of its troubles, like some real ones: then it is silent, and asked once more.
    told = [code_of(scan(page))]
    while told[-1] != (409, code) and len(told) < 5:
        told.append(code_of(scan(page)))
    assert told == [*[(409, "scanner_silent")] * (len(told) - 1), (409, code)]
    desk.scanner_ends_with("Default")
    assert scan(page).status_code == 200


def test_a_scanner_that_was_unplugged_is_missing_and_comes_back(desk: Office, page: httpx.Client) -> None:
    desk.unplug()
    assert code_of(page.get("/scanners")) == (409, "no_scanner")
    assert code_of(scan(page)) == (409, "no_scanner")


def test_nothing_that_a_page_says_becomes_an_argument(page: httpx.Client) -> None:
    assert code_of(scan(page, scanner="--output-file=page.png")) == (409, "no_scanner")
    assert code_of(scan(page, colours="--help")) == (422, "wrong_request")
    assert code_of(page.post("/pages", content=b"[]")) == (422, "wrong_request")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://justicia.example", f"{OURS}.evil"])
def test_a_page_of_somebody_else_is_told_nothing(desk: Office, origin: str) -> None:
    with desk.page_of(origin, SESSION) as stranger:
        for answer in (stranger.get("/scanners"), stranger.post("/pair", json={"code": desk.code()})):
            assert code_of(answer) == (403, "not_our_page")
            assert "access-control-allow-origin" not in answer.headers


def test_nor_is_one_that_reaches_the_agent_by_a_name_of_its_own(desk: Office) -> None:
    with desk.page_of(OURS, SESSION) as rebound:
        answer = rebound.get("/scanners", headers={"Host": "rebound.example"})
    assert code_of(answer) == (403, "not_our_page")


def test_without_the_code_from_the_window_nothing_is_scanned(desk: Office) -> None:
    first = desk.code()
    with desk.page_of(OURS, SESSION) as page, desk.page_of(OURS, "1" * 64) as other, desk.page_of(OURS) as nobody:
        assert code_of(scan(page)) == (403, "not_paired")
        assert code_of(nobody.post("/pair", json={"code": first})) == (422, "wrong_request")
        wrong = f"{(int(first) + 1) % 10**8:08}"
        assert {code_of(page.post("/pair", json={"code": wrong})) for _ in range(5)} == {(403, "wrong_code")}
        assert code_of(page.post("/pair", json={"code": first})) == (403, "wrong_code")  # it was guessed at too often
        second = desk.code()
        assert page.post("/pair", json={"code": f"{second[:4]} {second[4:]}"}).status_code == 204
        assert code_of(other.post("/pair", json={"code": second})) == (403, "wrong_code")  # used up
        assert (scan(page).status_code, code_of(scan(other))) == (200, (403, "not_paired"))


def test_a_browser_is_told_that_our_pages_may_ask(desk: Office) -> None:
    with desk.page_of(OURS) as page:
        answer = page.options("/pages", headers={"Access-Control-Request-Private-Network": "true"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (204, OURS)
    assert answer.headers["access-control-allow-private-network"] == "true"
