"""A scanner over the network (eSCL): each page comes once; each trouble has its name and leaves the scanner free."""

import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from bench.rooms.house import free_port
from deploy.network_scanner.troubles import Trouble
from tests.scanning.agent import Office, office
from tests.scanning.network import NetworkScanner, network_scanner

OURS = "https://justicia.example"
SESSION = "0" * 64


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[NetworkScanner]:
    with network_scanner(free_port(), tmp_path / "scanner", patience=5) as made:
        yield made


@pytest.fixture
def desk(scanner: NetworkScanner, tmp_path: Path) -> Iterator[Office]:
    with office(OURS, free_port(), tmp_path, scanner.url, silence=3) as made:
        yield made


@pytest.fixture
def page(desk: Office) -> Iterator[httpx.Client]:
    with desk.page_of(OURS, SESSION) as client:
        assert client.post("/pair", json={"code": desk.code()}).status_code == 204
        yield client


def scan(page: httpx.Client, scanner: NetworkScanner, which: str = "one", colours: str = "grey") -> httpx.Response:
    return page.post("/pages", json={"scanner": scanner.url, "colours": colours, "which": which}, timeout=60)


def number_of(answer: httpx.Response) -> int:
    """Which sheet it is, of all that the scanner ever took."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg"), answer.content[:200]
    return round(Image.open(BytesIO(answer.content)).convert("L").getpixel((40, 40)))  # type: ignore[arg-type]


def code_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers.get("content-type") == "application/json", (answer.status_code, answer.content[:200])
    return answer.status_code, answer.json()["code"]


def test_a_page_of_the_glass_is_a4_at_200_dots_an_inch(page: httpx.Client, scanner: NetworkScanner) -> None:
    assert page.get("/scanners").json() == [{"id": scanner.url, "name": "Estrado AirScan 100"}]
    grey, colour = scan(page, scanner), scan(page, scanner, colours="colour")
    pictures = [Image.open(BytesIO(answer.content)) for answer in (grey, colour)]
    assert [picture.mode for picture in pictures] == ["L", "RGB"]
    assert [round(side / 200 * 25.4) for side in pictures[0].size] == [210, 297]
    assert "more-pages" not in grey.headers
    assert [number_of(grey), number_of(colour)] == [1, 2]


def test_the_feeder_gives_every_sheet_once_and_then_says_that_it_is_empty(
    page: httpx.Client, scanner: NetworkScanner
) -> None:
    scanner.has(sheets=3)
    answers = [scan(page, scanner, "first"), *(scan(page, scanner, "next") for _ in range(3))]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 204]
    assert [number_of(answer) for answer in answers[:3]] == [1, 2, 3]
    assert answers[0].headers["more-pages"] == "yes"
    assert "Processing" not in scanner.status()


def test_one_page_of_a_full_feeder_leaves_the_scanner_free(page: httpx.Client, scanner: NetworkScanner) -> None:
    scanner.has(sheets=3)
    assert number_of(scan(page, scanner)) == 1
    assert "Processing" not in scanner.status()


def test_a_job_that_nobody_goes_on_with_is_ended_and_the_rest_is_not_called_the_end(
    page: httpx.Client, scanner: NetworkScanner
) -> None:
    scanner.has(sheets=3)
    assert number_of(scan(page, scanner, "first")) == 1
    assert "Processing" in scanner.status()
    time.sleep(4)
    assert "Processing" not in scanner.status()
    assert code_of(scan(page, scanner, "next")) == (409, "scan_cancelled")


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble.JAM, "paper_jam"),
        (Trouble.COVER_OPEN, "cover_open"),
        (Trouble.CANCELLED, "scan_cancelled"),
        (Trouble.CABLE_PULLED, "scanner_silent"),
        (Trouble.NO_PICTURE, "page_no_picture"),
        (Trouble.HALF_PAGE, "page_no_picture"),
        (Trouble.ENDLESS_PAGE, "page_too_large"),
    ],
)
def test_what_stops_the_feeder_half_way_is_named_and_no_sheet_is_taken_for_another(
    page: httpx.Client, scanner: NetworkScanner, trouble: Trouble, code: str
) -> None:
    scanner.has(trouble, at=2, sheets=3)
    assert number_of(scan(page, scanner, "first")) == 1
    assert code_of(scan(page, scanner, "next")) == (409, code)
    assert "Processing" not in scanner.status()
    assert code_of(scan(page, scanner, "next"))[1] == "scan_cancelled"  # not the third in the place of the second
    scanner.has(sheets=2)
    assert scan(page, scanner, "first").status_code == 200
    assert scan(page, scanner, "next").status_code == 200


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble.JAM, "paper_jam"),
        (Trouble.COVER_OPEN, "cover_open"),
        (Trouble.BUSY, "scanner_busy"),
        (Trouble.LED_ELSEWHERE, "scanner_garbled"),
    ],
)
def test_what_stops_the_first_page_is_named_and_the_next_one_comes(
    page: httpx.Client, scanner: NetworkScanner, trouble: Trouble, code: str
) -> None:
    page.get("/scanners")
    scanner.has(trouble, sheets=1)
    assert code_of(scan(page, scanner)) == (409, code)
    time.sleep(6 if trouble is Trouble.LED_ELSEWHERE else 0)  # that job we could not end; the scanner does
    scanner.has()
    assert scan(page, scanner).status_code == 200


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (Trouble.BROKEN_XML, "scanner_garbled"),
        (Trouble.ENTITIES, "scanner_garbled"),
        (Trouble.ENDLESS_XML, "scanner_garbled"),
        (Trouble.REDIRECTED, "scanner_garbled"),
        (Trouble.LOCKED, "scanner_refuses"),
        (Trouble.HANGS, "no_scanner"),
    ],
)
def test_a_scanner_that_says_nothing_sensible_of_itself_is_named(
    page: httpx.Client, scanner: NetworkScanner, trouble: Trouble, code: str
) -> None:
    scanner.has(trouble)
    assert code_of(page.get("/scanners")) == (409, code)
    scanner.has()
    assert page.get("/scanners").status_code == 200


def test_a_slow_scanner_is_waited_for(page: httpx.Client, scanner: NetworkScanner) -> None:
    scanner.has(Trouble.SLOW, sheets=1)
    assert number_of(scan(page, scanner)) == 1


def test_an_empty_feeder_without_a_glass_wants_paper(page: httpx.Client, scanner: NetworkScanner) -> None:
    scanner.has(glass=False)
    assert code_of(scan(page, scanner, "first")) == (409, "no_paper")
    scanner.has(glass=False, sheets=1)
    assert number_of(scan(page, scanner, "first")) == 1


def test_a_scanner_whose_cable_was_pulled_is_missing(page: httpx.Client, scanner: NetworkScanner) -> None:
    assert scan(page, scanner).status_code == 200
    scanner.pull_the_cable()
    assert code_of(scan(page, scanner)) == (409, "scanner_silent")
    assert code_of(page.get("/scanners")) == (409, "no_scanner")


def test_only_addresses_that_the_agent_was_told_are_asked(page: httpx.Client, scanner: NetworkScanner) -> None:
    for other in ("http://127.0.0.1:1/eSCL", f"{scanner.url}/../eSCL", "file:///etc/passwd"):
        asked = {"scanner": other, "colours": "grey"}
        assert code_of(page.post("/pages", json=asked)) == (409, "no_scanner")


def test_an_agent_that_was_killed_with_sheets_in_the_feeder_gives_each_once(
    desk: Office, page: httpx.Client, scanner: NetworkScanner, tmp_path: Path
) -> None:
    scanner.has(sheets=3)
    had = [number_of(scan(page, scanner, "first"))]
    desk.kill()
    with office(OURS, free_port(), tmp_path, scanner.url, silence=3) as again, again.page_of(OURS, SESSION) as back:
        assert code_of(scan(back, scanner, "next")) == (403, "not_paired")
        assert back.post("/pair", json={"code": again.code()}).status_code == 204
        assert code_of(scan(back, scanner, "next")) == (409, "scan_cancelled")
        while (answer := scan(back, scanner, "first")).status_code == 409:  # the job of the killed one is still there
            assert code_of(answer) == (409, "scanner_busy")
            time.sleep(1)
        had += [number_of(answer), number_of(scan(back, scanner, "next"))]
        assert scan(back, scanner, "next").status_code == 204
    assert had == [1, 2, 3]


def test_an_agent_that_ends_leaves_the_scanner_free(desk: Office, page: httpx.Client, scanner: NetworkScanner) -> None:
    scanner.has(sheets=3)
    assert number_of(scan(page, scanner, "first")) == 1
    desk.end()
    assert "Processing" not in scanner.status()


@pytest.mark.parametrize(
    "url",
    ["ftp://192.0.2.7/eSCL", "http://user@192.0.2.7/eSCL", "192.0.2.7", "http://192.0.2.7/eSCL?to=x", "http://:0"],
)
def test_what_is_no_address_of_a_scanner_is_refused_at_the_start(url: str, tmp_path: Path) -> None:
    with pytest.raises(httpx.ConnectError), office(OURS, free_port(), tmp_path, url):
        pass
