"""What law or arithmetic rules out does not enter, wherever it is typed; what entered wrong is put right and told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.api.people import CLERK, IN_TIME, OFFICE, House, asked, command, fresh, person
from tests.api.test_walk_in import ask, form

WRONG = "12345678A"


def next_sunday() -> str:
    day = datetime.now(UTC) + IN_TIME
    return f"{day + timedelta(days=6 - day.weekday()):%Y-%m-%d}T12:00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (
            {
                "participants": [
                    person("applicant", "Anxo Ruiz Seoane", document_number=WRONG, office="ojm-vilar"),
                    person("respondent", "Marta Lago Prieto", office="ojm-lira"),
                ]
            },
            "id_letter_wrong",
        ),
        ({"scheduled_at": f"{next_sunday()}:00+01:00"}, "outside_working_time"),
        ({"body": "victim-office-ponte-nova"}, "body_not_competent"),
    ],
)
def test_an_act_is_not_begun_with_it(house: House, changes: dict[str, Any], code: str) -> None:
    answer = house.machine().post("/api/v1/procedures", json=asked(**changes), headers=fresh())
    assert (answer.status_code, answer.json().get("code")) == (422, code)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"document_number": WRONG}, "id_letter_wrong"),
        ({"new_date": next_sunday()}, "outside_working_time"),
        ({"body": "court-ponte-nova"}, "body_not_competent"),
    ],
)
def test_nor_is_one_for_somebody_at_the_desk(house: House, changes: dict[str, str], code: str) -> None:
    assert f'data-problem="{code}"' in ask(house.staff(OFFICE), form(**changes)).text


def test_the_desk_offers_no_body_that_could_hold_none_of_it(house: House) -> None:
    page = house.staff(OFFICE).get("/walk-in").text
    assert "civil-registry-ponte-nova" in page
    assert 'value="adr-unit-ponte-nova"' not in page


def test_nobody_is_summoned_again_for_a_sunday(house: House) -> None:
    clerk, procedure = house.staff(CLERK), house.conciliation()
    why = {"reason": "Falta el intérprete."}
    moved = command(clerk, procedure, "adjourn_procedure", **why, new_date=f"{next_sunday()}:00+01:00")
    assert (moved.status_code, moved.json()["code"]) == (422, "outside_working_time")
    page = clerk.post(
        f"/procedures/{procedure}/acts/adjourn-procedure",
        data={
            **why,
            "new_date": next_sunday(),
            "key": fresh()["Idempotency-Key"],
            "csrf": clerk.headers["X-CSRF-Token"],
        },
        headers={"Accept": "text/html"},
    )
    assert 'data-problem="outside_working_time"' in page.text


def test_a_number_that_was_written_wrong_is_put_right_and_the_timeline_says_why(house: House) -> None:
    clerk, procedure = house.staff(CLERK), house.conciliation()
    right = {"participant": "p1", "name": "Anxo Ruiz Seoane", "reason": "La solicitud tenía otra cifra."}

    def correct(number: str) -> httpx.Response:
        asked_for = right | {"document_number": number}
        where = f"/api/v1/procedures/{procedure}/commands/correct_participant"
        return clerk.post(where, json=asked_for, headers=fresh())

    wrong = correct(WRONG)
    assert wrong.json()["code"] == "id_letter_wrong"
    done = correct("00000000T")
    assert done.status_code == 200, done.text
    told = clerk.get(f"/api/v1/procedures/{procedure}/timeline").text
    assert "Se corrigen los datos de la citación de Anxo Ruiz Seoane: La solicitud tenía otra cifra" in told
    again = correct("00000000-t")
    assert again.json()["code"] == "nothing_corrected"
