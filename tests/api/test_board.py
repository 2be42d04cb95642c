"""Board and desk: today first, however full the register is; any other day, and a number, one click away."""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from tests.api.people import (
    CLERK,
    FOREIGN_CLERK,
    FOREIGN_OFFICE,
    IN_TIME,
    OFFICE,
    OTHER_CLERK,
    House,
    asked,
    command,
    open_hours,
)

OF_THE_OFFICE = ZoneInfo("Europe/Madrid")


def listed(page: httpx.Response) -> set[str]:
    """Procedures in the table of the day, or of what was found."""
    assert page.status_code == 200, page.text
    return set(re.findall(r'id="(?:row|visit)-(prc_[0-9a-f]{32})"', page.text))


def day_of(house: House, procedure: str) -> Any:
    scheduled = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}").json()["scheduled_at"]
    return datetime.fromisoformat(scheduled).astimezone(OF_THE_OFFICE).date()


def conciliation_on_a_quiet_day(house: House) -> str:
    """On a day on which no other test asks for an act: the list of a day has pages."""
    return house.conciliation(scheduled_at=open_hours(datetime.now(UTC) + IN_TIME + timedelta(days=9)).isoformat())


def test_the_board_shows_one_day_and_leads_to_the_others(house: House) -> None:
    procedure = conciliation_on_a_quiet_day(house)
    clerk, day = house.staff(CLERK), day_of(house, procedure)

    assert procedure in listed(clerk.get(f"/board?day={day}"))
    assert procedure not in listed(clerk.get(f"/board?day={day + timedelta(days=1)}"))
    assert f'href="/board?day={day - timedelta(days=1)}"' in clerk.get(f"/board?day={day}").text
    today = datetime.now(UTC).astimezone(OF_THE_OFFICE).date()
    assert listed(clerk.get("/board")) == listed(clerk.get(f"/board?day={today}"))


def test_a_number_is_found_on_whatever_day_and_by_nobody_of_another_administration(house: House) -> None:
    procedure = house.conciliation()
    number = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}").json()["case_number"]

    assert procedure in listed(house.staff(CLERK).get("/board", params={"number": number}))
    assert procedure not in listed(house.staff(FOREIGN_CLERK).get("/board", params={"number": number}))
    found = house.staff(CLERK).get("/api/v1/procedures", params={"number": number, "newest_first": True}).json()
    assert procedure in {item["status"]["id"] for item in found["items"]}


def test_the_desk_shows_its_day(house: House) -> None:
    procedure = conciliation_on_a_quiet_day(house)

    assert procedure in listed(house.staff(OFFICE).get(f"/desk?day={day_of(house, procedure)}"))
    assert procedure not in listed(house.staff(OFFICE).get("/desk?day=2026-01-02"))


def test_a_day_that_is_none_is_refused_in_words(house: House) -> None:
    answer = house.staff(CLERK).get("/board?day=2026-02-31", headers={"Accept": "text/html"})

    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def looked_up(house: House, login: str, code: str) -> str:
    """Where somebody at a desk is led who types a code into its form."""
    answer = house.staff(login).post("/desk", data={"code": code}, headers={"Accept": "text/html"})
    assert answer.status_code == 303, answer.text
    assert code.replace("-", "")[:4] not in answer.headers["location"].upper()
    return answer.headers["location"]


def test_a_code_shown_at_the_desk_leads_to_the_visit_and_stays_in_no_address(house: House) -> None:
    procedure = house.conciliation()
    code = house.code(procedure, "p1")

    assert looked_up(house, OFFICE, code.lower().replace("-", " ")) == f"/desk/{procedure}"
    assert 'method="post" action="/desk"' in house.staff(OFFICE).get("/desk").text
    assert procedure not in house.staff(OFFICE).get("/desk", params={"code": code, "day": "2026-01-02"}).text


def test_a_code_that_leads_to_no_visit_is_told_for_what_it_is(house: House) -> None:
    procedure = house.conciliation()
    ours, of_another_office = house.code(procedure, "p1"), house.code(procedure, "p2")

    assert looked_up(house, OFFICE, "AAAA-BBBB-CCCC") == "/desk?answer=unknown"
    assert looked_up(house, OFFICE, of_another_office) == "/desk?answer=elsewhere"
    assert looked_up(house, FOREIGN_OFFICE, ours) == "/desk?answer=unknown"

    assert command(house.staff(CLERK), procedure, "cancel_procedure", reason="Error").status_code == 200
    assert looked_up(house, OFFICE, ours) == "/desk?answer=cancelled"
    for answer in ("unknown", "elsewhere", "closed", "cancelled", "no_show"):
        page = house.staff(OFFICE).get("/desk", params={"answer": answer})
        assert re.search(r'data-test="desk-found">[^<]{40,}<', page.text), answer
    assert house.staff(OFFICE).get("/desk?answer=other").status_code == 422


def found(house: House, login: str, **form: str) -> set[str]:
    return listed(house.staff(login).post("/board/names", data=form, headers={"Accept": "text/html"}))


def test_a_name_is_found_without_accents_by_whoever_may_read_it_and_stays_in_no_address(house: House) -> None:
    name = f"Brañal {secrets.token_hex(4).translate(str.maketrans('0123456789', 'ghijklmnop'))} Oubiña"
    people = [{**one, "name": name} for one in asked()["participants"][:1]]
    procedure = house.conciliation(participants=[*people, asked()["participants"][1]])
    typed = " ".join(word[:6] for word in name.upper().replace("Ñ", "N").split()[::-1])

    assert found(house, CLERK, name=typed) == found(house, OFFICE, name=typed) == {procedure}
    for login in (FOREIGN_CLERK, OTHER_CLERK):
        assert found(house, login, name=typed) == set(), login
    assert "Oubiña" not in house.staff(CLERK).get("/board/names", params={"name": "Oubiña"}).text
    assert 'method="post" action="/board/names"' in house.staff(CLERK).get("/board").text
    assert house.citizen(procedure, "p1").post("/board/names", data={"name": typed}).status_code in (403, 404)


def test_what_is_too_short_finds_nobody_and_says_so(house: House) -> None:
    page = house.staff(CLERK).post("/board/names", data={"name": "Xu d'"}, headers={"Accept": "text/html"})

    assert listed(page) == set() and 'data-test="name-too-short"' in page.text
