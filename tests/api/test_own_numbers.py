"""Numbers of one's own: they name one request of one asker, and open nothing of anybody else's."""

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from adapters.postgres.database import Database
from api.app import open_ports
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId
from domain.types.vocabulary import StaffRole
from tests.api.people import AUDITOR, CLERK, OFFICE, OTHER_CLERK, OTHER_OFFICE, House, asked, fresh, open_hours, person


@pytest.mark.parametrize("login", [OFFICE, OTHER_OFFICE, CLERK])
def test_a_number_of_the_regional_system_opens_nothing_to_staff(house: House, login: str) -> None:
    body = asked()
    theirs = house.machine().post("/api/v1/procedures", json=body, headers=fresh()).json()["id"]
    mine = house.staff(login).post("/api/v1/procedures", json=body, headers=fresh())
    assert mine.status_code == 201
    assert mine.json()["id"] != theirs


def test_staff_of_another_body_ask_for_nothing_of_this_one(house: House) -> None:
    body = asked()
    theirs = house.machine().post("/api/v1/procedures", json=body, headers=fresh()).json()["id"]
    refused = house.staff(OTHER_CLERK).post("/api/v1/procedures", json=body, headers=fresh())
    assert (refused.status_code, refused.json()["code"]) == (403, "not_served_here")
    assert theirs not in refused.text


def test_whoever_uses_a_number_first_does_not_take_it_from_the_regional_system(house: House) -> None:
    body = asked()
    somebody = person("applicant", "Ninguén", office="ojm-vilar", email="attacker@evil.example")
    impostor = [somebody, *body["participants"][1:]]
    taken = house.staff(OFFICE).post("/api/v1/procedures", json=body | {"participants": impostor}, headers=fresh())
    asked_for = house.machine().post("/api/v1/procedures", json=body, headers=fresh())
    assert (taken.status_code, asked_for.status_code) == (201, 201)
    assert taken.json()["id"] != asked_for.json()["id"]
    names = [p["name"] for p in _progress(house, asked_for.json()["id"])["participants"]]
    assert "Ninguén" not in names


@pytest.mark.parametrize(
    "changes",
    [
        {"case_number": "32/2026"},
        {"office": "ojm-vilar"},
        {"scheduled_at": open_hours(datetime.now(UTC) + timedelta(days=90)).isoformat()},
        {"participants": [person("applicant", "Outra Persoa", office="ojm-vilar"), person("respondent", "Marta Lago")]},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_another_request_under_the_same_number_is_refused(house: House, changes: dict[str, Any]) -> None:
    body = asked()
    assert house.machine().post("/api/v1/procedures", json=body, headers=fresh()).status_code == 201
    other = house.machine().post("/api/v1/procedures", json=body | changes, headers=fresh())
    assert (other.status_code, other.json()["code"]) == (409, "number_used_otherwise")
    assert "location" not in other.headers


def test_of_two_requests_at_once_under_one_number_one_is_refused(house: House) -> None:
    machine, bodies = house.machine(), [asked(external_id="SGP-at-once", case_number=f"{n}/2026") for n in range(6)]

    def send(body: dict[str, Any]) -> int:
        return machine.post("/api/v1/procedures", json=body, headers=fresh()).status_code

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(send, bodies)) == [201, 409, 409, 409, 409, 409]


def test_an_answer_about_what_exists_is_in_the_access_log(house: House) -> None:
    body = asked()
    clerk = house.staff(CLERK)
    procedure = clerk.post("/api/v1/procedures", json=body, headers=fresh()).json()["id"]
    assert clerk.post("/api/v1/procedures", json=body, headers=fresh()).json()["id"] == procedure
    log = house.staff(AUDITOR).get(f"/api/v1/procedures/{procedure}/accesses").json()["items"]
    account = clerk.get("/api/v1/sessions/current").json()["account"]["id"]
    assert [(entry["actor"], entry["what"]) for entry in log] == [(account, "status")]


@pytest.mark.parametrize(
    ("role", "at"), [(StaffRole.CLERK, {"body": "peace-court-lira"}), (StaffRole.OFFICE, {"offices": ("ojm-vilar",)})]
)
def test_an_own_number_opens_nothing_to_whoever_works_elsewhere_since(
    house: House, role: StaffRole, at: dict[str, Any]
) -> None:
    body, account = asked(), f"acc_{uuid.uuid4().hex[:16]}"
    mover = employed(house, account, role, at)
    first = mover.post("/api/v1/procedures", json=body, headers=fresh())
    assert first.status_code == 201, first.text
    assert mover.post("/api/v1/procedures", json=body, headers=fresh()).json()["id"] == first.json()["id"]
    asyncio.run(move(house, account))
    again = mover.post("/api/v1/procedures", json=body, headers=fresh())
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert body["case_number"] not in again.text


def employed(house: House, id: str, role: StaffRole, at: dict[str, Any]) -> httpx.Client:
    login, password = f"{id}@mudada.example", "tres palabras sin sentido"

    async def employ() -> None:
        account = Account(
            id=AccountId(id), administration=AdministrationId("atlantia"), name="Persona Mudada", email=login,
            roles=(role,), **at,
        )  # fmt: skip
        async with open_ports(house.settings) as parts:
            await parts.accounts.create(account, login, password)

    asyncio.run(employ())
    client = house.client()
    signed_in = client.post("/api/v1/sessions", json={"login": login, "password": password}, headers=fresh())
    client.headers["X-CSRF-Token"] = signed_in.json()["csrf"]
    return client


async def move(house: House, account: str) -> None:
    async with Database.connect(house.settings.database_url, connections=1) as database:
        await database.execute(
            "UPDATE accounts SET body = CASE WHEN body IS NULL THEN NULL ELSE 'court-ponte-nova' END,"
            " offices = CASE WHEN offices = '{}' THEN offices ELSE '{ojm-areal}' END WHERE id = $1",
            account,
        )


def test_a_desk_asks_for_no_act_that_concerns_another_office(house: House) -> None:
    body = asked(body="peace-court-lira", office="ojm-lira") | {
        "participants": [person("applicant", "Anxo Ruiz", office="ojm-lira"), person("respondent", "Marta Lago")]
    }
    refused = house.staff(OFFICE).post("/api/v1/procedures", json=body, headers=fresh())
    assert (refused.status_code, refused.json()["code"]) == (403, "not_served_here")
    assert house.staff(OTHER_OFFICE).post("/api/v1/procedures", json=body, headers=fresh()).status_code == 201


def _progress(house: House, procedure: str) -> dict[str, Any]:
    return dict(house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/progress").json())
