"""Somebody comes to the desk without a summons: asked for once, with a code that only the asker sees."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.api.people import ADMINISTRATOR, CLERK, OFFICE, OTHER_OFFICE, House, command, fresh, open_hours, person

PERSON = {"name": "Obdulia Rei Castro", "document_number": "00000000T", "mobile": "+34 600 000 009", "email": ""}

REGISTRAR = "uxia.carballo@justicia.atlantia.example"


def form(**changes: str) -> dict[str, str]:
    soon = open_hours(datetime.now(UTC) + timedelta(minutes=10)).astimezone(ZoneInfo("Europe/Madrid"))
    key = f"page-{fresh()['Idempotency-Key']}"
    asked = {"key": key, "kind": "life_certificate", "body": "civil-registry-ponte-nova"}
    return {**asked, "new_date": f"{soon:%Y-%m-%dT%H:%M}", **PERSON, **changes}


def ask(client: httpx.Client, said: dict[str, str]) -> httpx.Response:
    return client.post("/walk-in", data=said, headers={"Accept": "text/html"})


def slip(client: httpx.Client, answer: httpx.Response) -> Any:
    return client.get(answer.headers["location"])


def test_the_office_asks_for_the_act_once_and_hands_over_a_code_that_opens_it(house: House) -> None:
    desk, said = house.staff(OFFICE), form()
    assert "Obdulia" not in desk.get("/walk-in").text
    first, again = ask(desk, said), ask(desk, said)
    assert (first.status_code, again.headers["location"]) == (303, first.headers["location"])
    procedure = first.headers["location"].removeprefix("/walk-in/")

    code = re.search(r'data-test="slip-code">([^<]+)<', slip(desk, first).text)
    assert code is not None and code.group(1) == house.code(procedure, "p1")
    day, _, _ = said["new_date"].partition("T")  # in the evening, the next one
    assert "Obdulia Rei Castro" in desk.get("/desk", params={"day": day}).text
    citizen = house.citizen(procedure, "p1", office="ojm-vilar")
    assert command(citizen, procedure, "check_in", participant="p1").status_code == 200


def test_nobody_else_sees_the_code(house: House) -> None:
    answer = ask(house.staff(OFFICE), form())
    code = house.code(answer.headers["location"].removeprefix("/walk-in/"), "p1")
    for other in (OTHER_OFFICE, CLERK, ADMINISTRATOR):
        seen = slip(house.staff(other), answer)
        assert seen.status_code >= 400
        assert code not in seen.text


def test_whoever_may_hold_an_act_never_sees_the_code_even_of_one_asked_for_in_that_name(house: House) -> None:
    soon = open_hours(datetime.now(UTC) + timedelta(hours=2)).isoformat()
    one = person("person", "Obdulia Rei Castro", office="ojm-vilar")
    body = {"type": "life_certificate", "body": "civil-registry-ponte-nova", "office": "registry-ponte-nova"}
    said = {**body, "case_number": "1/2026", "scheduled_at": soon, "participants": [one]}
    registrar = house.staff(REGISTRAR)
    begun = registrar.post("/api/v1/procedures", json=said, headers=fresh())
    assert begun.status_code == 201, begun.text
    procedure = begun.json()["id"]
    assert registrar.get(f"/desk/{procedure}").status_code == 200
    seen = registrar.get(f"/walk-in/{procedure}")
    assert seen.status_code == 404
    assert house.code(procedure, "p1") not in seen.text


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "field_required", "name"),
        ({"key": ""}, "field_required", "key"),
        ({"kind": "conciliation"}, "field_required", "kind"),
        ({"email": "obdulia"}, "field_invalid", "email"),
        ({"birth_date": "1999-02-30"}, "field_invalid", "birth_date"),
        ({"new_date": "mañana"}, "field_invalid", "new_date"),
        ({"new_date": "2020-01-07T10:30"}, "date_in_the_past", "new_date"),
        ({"body": "nobody"}, "body_unknown", "body"),
    ],
)
def test_a_form_that_cannot_be_is_refused_by_the_name_of_its_field(
    house: House, changes: dict[str, str], code: str, field: str
) -> None:
    answer = ask(house.staff(OFFICE), form(**changes))
    assert answer.status_code in (409, 422)
    assert f'data-problem="{code}"' in answer.text
    assert f'data-field="{field}"' in answer.text


def test_staff_of_no_office_are_not_asked(house: House) -> None:
    assert house.staff(CLERK).get("/walk-in").status_code == 404


def test_the_slip_says_where_to_go_and_before_whom(house: House) -> None:
    page = slip(house.staff(OFFICE), ask(house.staff(OFFICE), form()))
    section = page.text.split('data-test="slip"')[1].split("</section>")[0]
    assert "Registro Civil" in section
    assert "Vilar" in section
