"""Support measures are asked for: the seat of whoever holds the act is a judge's, named at once or taken later."""

from datetime import UTC, datetime
from typing import Any

import httpx

from tests.api.people import IN_TIME, OTHER_CLERK, House, command, fresh, open_hours, person, wait_for

JUDGE = "sabela.rial@justicia.atlantia.example"
SUPPORT = {"subject": "support_measures", "affects": "supported"}
OTHER = {"subject": "other_case", "affects": "of_age"}


def appearance(house: House, seat: dict[str, str], **declared: str) -> httpx.Response:
    said: dict[str, Any] = {"object": "Medidas de apoyo para una persona.", "obstacle": "nothing"} | declared
    body = {
        "type": "voluntary_jurisdiction_hearing",
        "body": "court-ponte-nova",
        "office": "court-ponte-nova",
        "case_number": "12/2026",
        "scheduled_at": open_hours(datetime.now(UTC) + IN_TIME).isoformat(),
        "declared": said,
        "participants": [
            person("applicant", "Anxo Ruiz Seoane", document_number="00000000T", office="ojm-vilar"),
            person("concerned", "Marta Lago Prieto", document_number="00000001R", office="court-ponte-nova"),
            person("prosecutor", "Carme Otero Vilas"),
            {"role": "presiding"} | seat,
        ],
    }
    return house.machine().post("/api/v1/procedures", json=body, headers=fresh())


def account(house: House, login: str) -> str:
    return str(house.staff(login).get("/api/v1/sessions/current").json()["account"]["id"])


def test_a_seat_for_a_judge_is_not_given_to_a_court_clerk(house: House) -> None:
    clerk, judge = account(house, OTHER_CLERK), account(house, JUDGE)
    refused = appearance(house, {"account": clerk}, **SUPPORT)
    assert (refused.status_code, refused.json()["code"]) == (403, "seat_reserved"), refused.text
    assert "42 bis" in refused.text
    assert appearance(house, {"account": judge}, **SUPPORT).status_code in (201, 202)
    assert appearance(house, {"account": clerk}, **OTHER).status_code in (201, 202)


def test_a_seat_that_was_left_free_is_taken_by_a_judge_alone(house: House) -> None:
    asked_for = appearance(house, {}, **SUPPORT)
    assert asked_for.status_code in (201, 202), asked_for.text
    procedure = str(asked_for.json()["id"])
    wait_for(house.machine(), procedure, "summoned")
    clerk, judge = house.staff(OTHER_CLERK), house.staff(JUDGE)

    refused = command(clerk, procedure, "take_seat")
    assert (refused.status_code, refused.json()["code"]) == (403, "seat_reserved"), refused.text
    assert "Jueza o juez" in refused.text
    page = clerk.post(f"/api/v1/procedures/{procedure}/room-token", json={}, headers=fresh())
    assert page.json()["code"] == "seat_reserved", page.text

    assert command(judge, procedure, "take_seat").status_code == 200
    people = judge.get(f"/api/v1/procedures/{procedure}/progress").json()["participants"]
    assert next(one for one in people if one["role"] == "presiding")["name"] == "Sabela Rial Figueira"
