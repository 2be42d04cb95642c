"""Board and desk: today first, however full the register is; any other day, and a number, one click away."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from tests.api.people import CLERK, FOREIGN_CLERK, IN_TIME, OFFICE, House

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
    return house.conciliation(scheduled_at=(datetime.now(UTC) + IN_TIME + timedelta(days=9)).isoformat())


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
