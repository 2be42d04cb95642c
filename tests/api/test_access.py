"""Who sees which procedure: offices, bodies, Administrations, seats. Others do not even learn that it is there."""

import asyncio
import re

import pytest

from adapters.postgres.database import Database
from tests.api.people import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    FOREIGN_ADMINISTRATOR,
    FOREIGN_AUDITOR,
    FOREIGN_CLERK,
    FOREIGN_OFFICE,
    OFFICE,
    OFFICIAL,
    OTHER_CLERK,
    OTHER_OFFICE,
    House,
    asked,
    command,
    fresh,
    wait_for,
)

READING = ("", "/progress", "/timeline", "/minutes", "/documents/d1.pdf", "/documents/d1/pages/1.png", "/stills/p1.png",
           "/bundle.zip", "/file.zip", "/trust.zip", "/drafts/i1", "/accesses")  # fmt: skip
ACTS = ("check_in", "open_room", "ask_help", "cancel_procedure", "send_pin", "sign_with_certificate", "approve_minutes")


@pytest.fixture(scope="module")
def procedure(house: House) -> str:
    return house.conciliation()


@pytest.mark.parametrize(
    "stranger", [FOREIGN_CLERK, FOREIGN_OFFICE, FOREIGN_AUDITOR, FOREIGN_ADMINISTRATOR, OTHER_CLERK]
)
def test_a_procedure_of_others_is_not_there(house: House, procedure: str, stranger: str) -> None:
    client = house.staff(stranger)
    answers = [client.get(f"/api/v1/procedures/{procedure}{path}") for path in READING]
    answers += [command(client, procedure, name, participant="p1", reason="No es mío.") for name in ACTS]
    answers += [client.get(f"/api/v1/events?procedure={procedure}")] if stranger != FOREIGN_CLERK else []
    for answer in answers:
        assert answer.json()["code"] in ("not_found", "not_permitted"), answer.text
    listed = client.get("/api/v1/procedures")
    assert procedure not in listed.text


def test_the_key_of_another_administration_opens_nothing(house: House, procedure: str) -> None:
    foreign = house.machine("meseta")
    assert foreign.get(f"/api/v1/procedures/{procedure}").status_code == 404
    refused = foreign.post("/api/v1/procedures", json=asked(), headers=fresh())
    assert refused.json()["code"] in ("body_unknown", "office_unknown")
    not_enabled = foreign.post("/api/v1/procedures", json=asked(type="victim_appointment"), headers=fresh())
    assert not_enabled.json()["code"] == "type_not_enabled"


def test_a_machine_learns_where_a_procedure_stands_and_no_more(house: House, procedure: str) -> None:
    machine = house.machine()
    status = machine.get(f"/api/v1/procedures/{procedure}")
    assert status.status_code == 200
    assert "Anxo" not in status.text
    assert machine.get(f"/api/v1/procedures/{procedure}/progress").json()["code"] == "not_permitted"
    assert machine.get("/api/v1/procedures").json()["code"] == "not_permitted"


def test_an_office_sees_those_whom_it_expects(house: House, procedure: str) -> None:
    assert procedure in house.staff(OFFICE).get("/api/v1/procedures").text
    assert procedure in house.staff(OTHER_OFFICE).get("/api/v1/procedures?office=ojm-lira").text
    assert procedure not in house.staff(OTHER_OFFICE).get("/api/v1/procedures?office=ojm-areal").text
    elsewhere = house.staff(OFFICE).get("/api/v1/procedures?office=ojm-lira")
    assert elsewhere.json()["code"] == "not_permitted"


def test_a_citizen_has_one_seat_in_one_procedure(house: House, procedure: str) -> None:
    other = house.conciliation()
    citizen = house.citizen(procedure, "p1")
    assert citizen.get(f"/api/v1/procedures/{procedure}/progress").status_code == 200
    assert citizen.get(f"/api/v1/procedures/{other}/progress").status_code == 404
    assert command(citizen, procedure, "ask_help", participant="p2").json()["code"] == "only_oneself"
    assert citizen.get(f"/api/v1/procedures/{procedure}/timeline").json()["code"] == "not_permitted"


def test_of_protected_people_an_office_reads_an_alias(house: House) -> None:
    answer = house.machine().post(
        "/api/v1/procedures",
        json=asked(
            type="victim_appointment",
            body="victim-office-ponte-nova",
            office="services-ponte-nova",
            participants=[{"role": "victim", "name": "Carmela Seixas Vidal", "office": "ojm-vilar"}],
        ),
        headers=fresh(),
    )
    procedure = answer.json()["id"]
    wait_for(house.machine(), procedure, "summoned")
    office = house.staff(OFFICE)
    for page in (office.get("/api/v1/procedures"), office.get(f"/api/v1/procedures/{procedure}/progress")):
        assert page.status_code == 200
        assert "Carmela" not in page.text
        assert "íctima" not in page.json()["items"][-1]["status"]["type"]["title"] if "items" in page.json() else True
    assert "Carmela" in house.staff(OFFICIAL).get(f"/api/v1/procedures/{procedure}/progress").text
    assert house.staff(CLERK).get(f"/api/v1/procedures/{procedure}").status_code == 404


def test_every_look_of_staff_is_noted_for_the_auditor(house: House, procedure: str) -> None:
    clerk = house.staff(CLERK)
    again = {"traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    for _ in range(2):
        assert clerk.get(f"/api/v1/procedures/{procedure}/timeline", headers=again).status_code == 200
    log = house.staff(AUDITOR).get(f"/api/v1/procedures/{procedure}/accesses")
    account = clerk.get("/api/v1/sessions/current").json()["account"]["id"]
    looks = [entry for entry in log.json()["items"] if (entry["actor"], entry["what"]) == (account, "timeline")]
    assert [look["role"] for look in looks] == ["clerk", "clerk"]
    assert house.staff(ADMINISTRATOR).get(f"/api/v1/procedures/{procedure}/accesses").json()["code"] == "not_permitted"

    shown = house.staff(AUDITOR).get(f"/procedures/{procedure}/evidence").text
    told = re.findall(r"<td[^>]*>(.*?)</td>", shown[shown.index('data-test="accesses"') :])
    (row,) = [number for number, cell in enumerate(told) if cell == "La cronología"]
    assert told[row - 1].startswith("Iria Outeiro Barral")
    assert told[row + 1 : row + 3] == ["En el ejercicio de su función", "2"]


def test_what_citizens_and_systems_read_is_noted_too(house: House) -> None:
    procedure = house.conciliation()
    citizen, machine = house.citizen(procedure, "p1"), house.machine()
    assert citizen.get(f"/api/v1/procedures/{procedure}/progress").status_code == 200
    before = _looks(house, procedure)
    status = machine.get(f"/api/v1/procedures/{procedure}")
    tag = {"If-None-Match": status.headers["etag"]}
    assert machine.get(f"/api/v1/procedures/{procedure}", headers=tag).status_code == 304
    assert house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/drafts/i1").status_code == 200
    assert (f"{procedure}/p1", "citizen", "procedure") in before
    new = _looks(house, procedure)[: -len(before)]
    assert [(role, what) for _, role, what in new] == [("clerk", "drafts"), ("case_system", "status")]

    shown = house.staff(AUDITOR).get(f"/procedures/{procedure}/evidence").text
    assert "Anxo Ruiz Seoane" in shown[shown.index('data-test="accesses"') :]


async def _looks_at_lists(house: House, account: str) -> list[str]:
    async with Database.connect(house.settings.database_url, connections=1) as database:
        rows = await database.rows(
            "SELECT what FROM read_audit WHERE actor = $1 AND procedure IS NULL ORDER BY number", account
        )
    return [row["what"] for row in rows]


@pytest.mark.parametrize(
    ("login", "path", "what"),
    [(CLERK, "/board", "board"), (CLERK, "/api/v1/procedures", "board"), (OFFICE, "/desk", "desk")],
)
def test_a_look_at_a_list_is_one_line(house: House, login: str, path: str, what: str) -> None:
    account = house.staff(login).get("/api/v1/sessions/current").json()["account"]["id"]
    before = asyncio.run(_looks_at_lists(house, account))
    assert house.staff(login).get(path).status_code == 200
    assert asyncio.run(_looks_at_lists(house, account)) == [*before, what]


def test_a_step_that_a_citizen_reads_is_one_line(house: House) -> None:
    procedure = house.conciliation()
    assert house.citizen(procedure, "p1").get("/citizen/start").status_code == 200
    assert _looks(house, procedure)[0] == (f"{procedure}/p1", "citizen", "step")
    assert "Los pasos de la persona citada" in house.staff(AUDITOR).get(f"/procedures/{procedure}/evidence").text


def _looks(house: House, procedure: str) -> list[tuple[str, str, str]]:
    """The latest first."""
    items = house.staff(AUDITOR).get(f"/api/v1/procedures/{procedure}/accesses").json()["items"]
    return [(entry["actor"], entry["role"], entry["what"]) for entry in items]


def test_an_office_helps_at_its_desk_and_an_administrator_reads_no_list(house: House, procedure: str) -> None:
    office, administrator = house.staff(OFFICE), house.staff(ADMINISTRATOR)
    page = office.get(f"/procedures/{procedure}", follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, f"/desk/{procedure}")
    assert office.get(f"/desk/{procedure}").status_code == 200
    assert office.get(f"/api/v1/procedures/{procedure}/timeline").json()["code"] == "not_permitted"
    for path in ("/board", "/api/v1/procedures", f"/api/v1/procedures/{procedure}"):
        answer = administrator.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 403
        assert "Anxo" not in answer.text
