"""Who may read the indicators, in which forms, and that they are those of the register."""

import asyncio
import csv
from io import StringIO

from adapters.postgres.database import Database
from tests.api.people import ADMINISTRATOR, AUDITOR, CLERK, FOREIGN_ADMINISTRATOR, OFFICE, House

MONTH = "2025-03"
JSON = "application/json"
ASKED = f"/api/v1/indicators?since={MONTH}&until={MONTH}"


def count(house: House, procedure: str, type: str, privacy: str) -> None:
    async def write() -> None:
        async with Database.connect(house.settings.database_url, connections=1) as database:
            await database.execute(
                "INSERT INTO indicators VALUES ($1, 'atlantia', 'ojm-vilar', 'court-ponte-nova', $2, $3,"
                " '2025-03-01 10:00+01', '2025-03-03 10:00+01', '2025-03-03 10:00+01', true, null, 1, '{ojm-vilar}')"
                " ON CONFLICT (procedure) DO UPDATE SET type = excluded.type, privacy = excluded.privacy",
                procedure,
                type,
                privacy,
            )

    asyncio.run(write())


def test_administrators_and_auditors_read_them_and_nobody_else(house: House) -> None:
    for login in (ADMINISTRATOR, AUDITOR):
        assert house.staff(login).get(ASKED).status_code == 200
        assert house.staff(login).get("/administration/indicators").status_code == 200
    for login in (CLERK, OFFICE):
        for address in (ASKED, "/api/v1/indicators.csv"):
            assert house.staff(login).get(address).json()["code"] == "not_permitted"
    assert house.machine().get(ASKED).json()["code"] == "not_permitted"


def test_the_page_of_anchored_batches_is_for_the_same_people(house: House) -> None:
    for login in (ADMINISTRATOR, AUDITOR):
        assert house.staff(login).get("/administration/anchors?page=20").status_code == 200
        assert house.staff(login).get("/administration/anchors/chain.json").headers["content-type"] == JSON
    assert house.staff(ADMINISTRATOR).get("/administration/anchors?page=21").status_code == 422
    for address in ("/administration/anchors", "/administration/anchors/chain.json"):
        assert house.staff(CLERK).get(address, headers={"accept": JSON}).status_code == 403


def test_they_say_what_was_held_and_only_to_the_administration_whose_it_is(house: House) -> None:
    count(house, house.conciliation_once(), "conciliation", "ordinary")
    told = house.staff(ADMINISTRATOR).get(f"{ASKED}&by=type").json()
    (group,) = told["groups"]
    assert (group["key"], group["pilot"]) == ("conciliation", False)
    assert group["figures"] == told["total"]
    said = {name: told["total"][name] for name in ("held", "days_to_minutes", "journeys_avoided", "kilometres_avoided")}
    assert said == {"held": 1, "days_to_minutes": 2.0, "journeys_avoided": 1, "kilometres_avoided": 2 * 46}
    assert house.staff(FOREIGN_ADMINISTRATOR).get(ASKED).json()["groups"] == []

    table = house.staff(AUDITOR).get(f"/api/v1/indicators.csv?by=type&since={MONTH}&until={MONTH}")
    assert table.headers["content-type"].startswith("text/csv")
    (line,) = csv.DictReader(StringIO(table.text))
    assert (line["type"], line["held"], line["kilometres_avoided"]) == ("conciliation", "1", "92")
    page = house.staff(ADMINISTRATOR).get(f"/administration/indicators?by=type&since={MONTH}&until={MONTH}").text
    assert '<svg class="plot__drawing"' in page


def test_one_protected_act_is_in_no_form_of_them(house: House) -> None:
    count(house, house.conciliation_once(), "victim_appointment", "protected")
    for by in ("month", "type", "office"):
        told = house.staff(ADMINISTRATOR).get(f"{ASKED}&by={by}").json()
        assert told["groups"] == []
        assert told["total"]["ended"] == 0
    table = house.staff(ADMINISTRATOR).get(f"/api/v1/indicators.csv?since={MONTH}&until={MONTH}")
    assert len(table.text.splitlines()) == 1


def test_months_in_the_wrong_order_or_form_are_refused(house: House) -> None:
    administrator = house.staff(ADMINISTRATOR)
    assert administrator.get("/api/v1/indicators?since=2026-05&until=2026-04").json()["code"] == "field_invalid"
    assert administrator.get("/api/v1/indicators?since=May").status_code == 422
    told = administrator.get("/api/v1/indicators?until=2026-03").json()
    assert (told["since"], told["until"]) == ("2025-04", "2026-03")
