"""On what an act is held and between whom: declared by whoever asks for it, judged, kept, and noted anew in the act."""

import html
from typing import Any

import httpx
import pytest

from api.app import open_ports
from domain.ids import ProcedureId
from tests.api.people import CLERK, DECLARED, House, asked, command, fresh
from tests.api.seen import seen


def ask(house: House, **changes: Any) -> httpx.Response:
    return house.machine().post("/api/v1/procedures", json=asked(**changes), headers=fresh())


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_the_list_of_types_tells_what_has_to_be_declared(house: House) -> None:
    types = house.machine().get("/api/v1/administrations/atlantia/types", headers={"Accept-Language": "en"}).json()
    questions = {one["id"]: {field["name"]: field for field in one["declares"]} for one in types}
    assert set(questions["conciliation"]) == {"object", "matter", "amount", "parties", "domicile", "admitted_on"}
    assert questions["conciliation"]["parties"]["options"]["minor"] == "Somebody is a minor"
    assert questions["life_certificate"] == {}


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        (None, "declaration_needed"),
        ({"matter": "civil"}, "field_required"),
        ({**DECLARED, "colour": "blue"}, "unknown_field"),
        ({**DECLARED, "matter": "anything"}, "field_invalid"),
        ({**DECLARED, "parties": "minor"}, "matter_excluded"),
        ({**DECLARED, "amount": "6000"}, "matter_excluded"),
    ],
)
def test_what_is_not_declared_or_is_excluded_is_not_begun(
    house: House, declared: dict[str, str] | None, code: str
) -> None:
    refused = ask(house, declared=declared)
    assert code_of(refused) == (422, code), refused.text
    if code == "matter_excluded":
        assert "LJV art. 1" in refused.json()["detail"] and refused.json()["params"]["instead"] in refused.text


def test_a_type_that_asks_nothing_is_declared_nothing(house: House) -> None:
    refused = ask(house, type="life_certificate", body="civil-registry-ponte-nova", office="registry-ponte-nova",
                  declared=DECLARED, participants=[asked()["participants"][0] | {"role": "person"}])  # fmt: skip
    assert code_of(refused) == (422, "unknown_field"), refused.text


async def test_it_is_kept_with_whose_it_is_and_the_same_request_says_the_same(house: House) -> None:
    body = asked()
    begun = house.machine().post("/api/v1/procedures", json=body, headers=fresh())
    assert begun.status_code == 201, begun.text
    async with open_ports(house.settings) as parts:
        first = (await parts.journal.read(ProcedureId(begun.json()["id"])))[0]
    assert first.content["declared"]["values"] == DECLARED and first.content["declared"]["by"]
    assert first.content["body_kind"] == "peace_court"
    assert DECLARED["object"] not in first.line, "what people fall out over is in the content, which is encrypted"

    again = house.machine().post("/api/v1/procedures", json=body, headers=fresh())
    assert again.json()["id"] == begun.json()["id"]
    other = body | {"declared": DECLARED | {"amount": "1300.00"}}
    assert code_of(house.machine().post("/api/v1/procedures", json=other, headers=fresh())) == (
        409, "number_used_otherwise",
    )  # fmt: skip


@pytest.mark.usefixtures("rooms")
def test_whoever_holds_the_act_notes_anew_what_turns_out_and_nothing_goes_on(house: House) -> None:
    procedure, clerk = house.conciliation(), house.staff(CLERK)
    assert command(clerk, procedure, "open_room").status_code == 200
    people = clerk.get(f"/api/v1/procedures/{procedure}/progress").json()["participants"]
    seen(house, procedure, *(one["id"] for one in people if one["role"] == "clerk"))
    assert command(clerk, procedure, "add_item", code="A55").status_code == 200
    agenda = clerk.get(f"/api/v1/procedures/{procedure}/progress").json()["agenda"]
    [item] = [one for one in agenda if one["code"] == "A55"]
    assert item["prefilled"]["values"] == DECLARED

    assert command(clerk, procedure, "open_item", item=item["id"]).status_code == 200
    page = html.unescape(clerk.get(f"/procedures/{procedure}", headers={"Accept": "text/html"}).text)
    assert DECLARED["object"] in page and "Alguna es menor de edad" in page
    noted = DECLARED | {"parties": "minor"}
    done = command(clerk, procedure, "fill_item", item=item["id"], values=noted, done=True)
    assert done.status_code == 200, done.text

    proposal = next(one["id"] for one in agenda if one["code"] == "A23")
    refused = command(clerk, procedure, "open_item", item=proposal)
    assert code_of(refused) == (409, "act_excluded"), refused.text
    told = html.unescape(clerk.get(f"/procedures/{procedure}", headers={"Accept": "text/html"}).text)
    assert "Alguna es menor de edad" in told and "LJV art. 139.2.1.º" in told
