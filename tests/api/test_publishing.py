"""A type is published while everything runs: by two people, from a day, for one Administration, until withdrawn."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from adapters.wiring import open_installation
from domain.events import state_of
from domain.ids import ProcedureId
from tests.api.people import (
    ADMINISTRATOR,
    AUDITOR,
    CLERK,
    FOREIGN_ADMINISTRATOR,
    OFFICE,
    OTHER_ADMINISTRATOR,
    House,
    asked,
    fresh,
    person,
    wait_for,
)
from tests.api.published import decided, own_types, proposal, proposed, published, today, uploaded

PEOPLE = [
    person("applicant", "Anxo Ruiz Seoane", document_number="99104321N", office="ojm-vilar"),
    person("neighbour", "Marta Lago Prieto", document_number="99218765P", office="ojm-lira"),
]


def ask_for(house: House, type_id: str, administration: str = "atlantia") -> httpx.Response:
    body = asked(type=type_id, participants=PEOPLE)
    return house.machine(administration).post("/api/v1/procedures", json=body, headers=fresh())


def code_of(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json().get("code")


def test_two_people_publish_a_type_and_a_regional_system_starts_it_at_once(house: House) -> None:
    visit, boundary, id = own_types()
    assert code_of(ask_for(house, id)) == (422, "procedure_type_unknown")
    publication = proposed(house.staff(ADMINISTRATOR), visit, boundary)
    assert code_of(ask_for(house, id)) == (422, "procedure_type_unknown")
    assert code_of(decided(house.staff(ADMINISTRATOR), publication, "approvals")) == (403, "second_person_needed")
    assert decided(house.staff(OTHER_ADMINISTRATOR), publication, "approvals").json()["state"] == "in_force"
    started = ask_for(house, id)
    assert started.status_code == 201, started.text
    assert wait_for(house.machine(), started.json()["id"], "summoned")["type"]["id"] == id
    offered = house.client().get("/api/v1/administrations/atlantia/types").json()
    assert [line["document"] for line in offered if line["id"] == id] == ["Resolución de 3 de noviembre de 2026"]


def test_another_administration_is_told_that_it_is_not_its_own(house: House) -> None:
    visit, boundary, id = own_types()
    published(house, ADMINISTRATOR, OTHER_ADMINISTRATOR, visit, boundary)
    assert code_of(ask_for(house, id, "meseta")) == (403, "type_of_another")
    offered = house.client().get("/api/v1/administrations/meseta/types").json()
    assert id not in {line["id"] for line in offered}
    taken = house.staff(FOREIGN_ADMINISTRATOR).post(
        "/api/v1/type-publications", json=proposal(visit, boundary), headers=fresh()
    )
    assert code_of(taken) == (422, "definition_wrong")
    assert {wrong["code"] for wrong in taken.json()["params"]["problems"]} == {"name_taken"}


def test_a_decision_lets_some_bodies_and_offices_hold_it(house: House) -> None:
    visit, boundary, id = own_types()
    administrator = house.staff(ADMINISTRATOR)

    def proposed_for(**where: list[str]) -> httpx.Response:
        body = proposal(visit, boundary) | where
        return administrator.post("/api/v1/type-publications", json=body, headers=fresh())

    assert code_of(proposed_for(bodies=["nowhere"])) == (422, "body_unknown")
    assert code_of(proposed_for(offices=["nowhere"])) == (422, "office_unknown")
    held = asked(type=id, participants=PEOPLE)["body"]
    first = proposed_for(bodies=["victim-office-ponte-nova"]).json()
    assert first["decision"]["bodies"] == ["victim-office-ponte-nova"]
    decided(house.staff(OTHER_ADMINISTRATOR), first["id"], "approvals")
    assert code_of(ask_for(house, id)) == (403, "type_not_at_body")
    later = boundary.replace("version: 1", "version: 2")
    body = proposal(later) | {"bodies": [held], "offices": ["ojm-vilar"]}
    second = administrator.post("/api/v1/type-publications", json=body, headers=fresh()).json()
    decided(house.staff(OTHER_ADMINISTRATOR), second["id"], "approvals")
    assert code_of(ask_for(house, id)) == (403, "type_not_at_office")


async def test_a_procedure_stays_on_its_version_and_the_next_begins_with_the_new_one(house: House) -> None:
    visit, boundary, id = own_types()
    published(house, ADMINISTRATOR, OTHER_ADMINISTRATOR, visit, boundary)
    first = ask_for(house, id).json()["id"]
    later = boundary.replace("version: 1", "version: 2").replace("retention_years: 10", "retention_years: 12")
    published(house, ADMINISTRATOR, OTHER_ADMINISTRATOR, later)
    second = ask_for(house, id).json()["id"]
    async with open_installation(house.settings) as installation:
        kinds = []
        for procedure in (first, second):
            wait_for(house.machine(), procedure, "summoned")
            kinds.append(state_of(await installation.journal.read(ProcedureId(procedure))).type.procedure)
    assert [(kind.version, kind.retention_years) for kind in kinds] == [(1, 10), (2, 12)]


def test_it_may_be_asked_for_from_its_day_on_and_until_it_is_withdrawn(house: House) -> None:
    visit, boundary, id = own_types()
    tomorrow = today() + timedelta(days=2)
    published(house, ADMINISTRATOR, OTHER_ADMINISTRATOR, visit, boundary, starts_on=tomorrow)
    early = ask_for(house, id)
    assert code_of(early) == (403, "type_not_yet_in_force")
    assert early.json()["params"]["starts"] == tomorrow.isoformat()

    visit, boundary, id = own_types()
    publication = published(house, ADMINISTRATOR, OTHER_ADMINISTRATOR, visit, boundary)
    running = ask_for(house, id).json()["id"]
    yesterday = (today() - timedelta(days=2)).isoformat()
    past = decided(house.staff(ADMINISTRATOR), publication, "withdrawals", ends_on=yesterday)
    assert code_of(past) == (422, "start_in_the_past")
    later = decided(house.staff(ADMINISTRATOR), publication, "withdrawals", ends_on=today().isoformat())
    assert later.json()["state"] == "withdrawn"
    assert code_of(ask_for(house, id)) == (403, "type_withdrawn")
    assert wait_for(house.machine(), running, "summoned")["type"]["id"] == id


def test_what_is_wrong_is_told_with_its_line_and_nothing_is_kept(house: House) -> None:
    visit, boundary, _ = own_types()
    client = house.staff(ADMINISTRATOR)
    before = client.get("/api/v1/type-publications").json()
    wrong = boundary.replace("recording: forbidden", "recordng: forbidden")
    looked = client.post(
        "/api/v1/type-publications/looks",
        json={"definitions": uploaded(visit, wrong)},
        headers=fresh() | {"Accept-Language": "es"},
    ).json()
    told = {(line["file"], line["line"]): line["message"] for line in looked["problems"]}
    line = wrong.splitlines().index("recordng: forbidden") + 1
    assert "¿quiso decir `recording`?" in told["2.yaml", line]
    refused = client.post("/api/v1/type-publications", json=proposal(visit, wrong), headers=fresh())
    assert code_of(refused) == (422, "definition_wrong")
    assert client.get("/api/v1/type-publications").json() == before


def test_the_same_proposal_sent_twice_is_one(house: House) -> None:
    client, header = house.staff(ADMINISTRATOR), fresh()
    visit, boundary, _ = own_types()
    answers = [
        client.post("/api/v1/type-publications", json=proposal(visit, boundary), headers=header).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("login", [CLERK, OFFICE, AUDITOR])
def test_nobody_else_publishes(house: House, login: str) -> None:
    visit, boundary, _ = own_types()
    answer = house.staff(login).post("/api/v1/type-publications", json=proposal(visit, boundary), headers=fresh())
    assert code_of(answer) == (403, "not_permitted")


def test_an_administrator_of_elsewhere_finds_nothing_to_decide(house: House) -> None:
    visit, boundary, _ = own_types()
    publication = proposed(house.staff(ADMINISTRATOR), visit, boundary)
    foreign = house.staff(FOREIGN_ADMINISTRATOR)
    for what in ("approvals", "rejections"):
        assert code_of(decided(foreign, publication, what)) == (404, "not_found")
    assert publication not in foreign.get("/api/v1/type-publications").text
    assert decided(house.staff(ADMINISTRATOR), publication, "rejections").json()["state"] == "rejected"
    assert code_of(decided(house.staff(OTHER_ADMINISTRATOR), publication, "approvals")) == (409, "publication_settled")
