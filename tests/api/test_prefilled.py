"""What a regional system knows of the items beforehand: judged as what is typed, marked until a person confirms it."""

import html
from typing import Any

import httpx
import pytest

from tests.api.people import CLERK, House, asked, command, fresh, wait_for
from tests.api.seen import seen

TERMS = "Doscientos euros en dos plazos."
KNOWN = [
    {"item": "A20", "values": {"proposer": "p1", "terms": f"  {TERMS} "}},
    {"item": "A11", "values": {"petition": "Que pague."}},
]


def ask(house: House, **changes: Any) -> httpx.Response:
    return house.machine().post("/api/v1/procedures", json=asked(**changes), headers=fresh())


def points(house: House, procedure: str) -> dict[str, dict[str, Any]]:
    """The items of the agenda by id, as the clerk is shown them."""
    progress = house.staff(CLERK).get(f"/api/v1/procedures/{procedure}/progress").json()
    return {one["id"]: one for one in progress["agenda"]}


def test_what_the_system_knows_is_marked_as_its_own_and_shown_to_staff_alone(house: House) -> None:
    answer = ask(house, prefilled=KNOWN)
    assert answer.status_code == 201, answer.text
    procedure = answer.json()["id"]
    wait_for(house.machine(), procedure, "summoned")

    marked = {id: one for id, one in points(house, procedure).items() if one["prefilled"]}
    assert {one["code"] for one in marked.values()} == {"A11", "A20"}
    [proposal] = [one for one in marked.values() if one["code"] == "A20"]
    [label] = {one["prefilled"]["by"] for one in marked.values()}
    assert label
    assert proposal["prefilled"]["values"] == {"proposer": "p1", "terms": TERMS}
    assert proposal["values"] == {} and proposal["state"] == "planned"
    citizen = house.arrived(procedure, "p1", "ojm-vilar")
    for one in citizen.get(f"/api/v1/procedures/{procedure}/progress").json()["agenda"]:
        assert one["prefilled"] is None


@pytest.mark.usefixtures("rooms")
def test_the_form_shows_it_with_whose_it_is_and_a_person_makes_it_their_own(house: House) -> None:
    known = [{"item": "A01", "values": {"publicity": "closed", "restriction_reason": TERMS}}]
    procedure = house.conciliation(prefilled=known)
    clerk = house.staff(CLERK)
    for name, body in (("open_room", {}), ("open_item", {"item": "i1"})):
        assert command(clerk, procedure, name, **body).status_code == 200
        people = clerk.get(f"/api/v1/procedures/{procedure}/progress").json()["participants"]
        seen(house, procedure, *(one["id"] for one in people if one["role"] == "clerk"))
    by = points(house, procedure)["i1"]["prefilled"]["by"]
    page = html.unescape(clerk.get(f"/procedures/{procedure}", headers={"Accept": "text/html"}).text)
    assert 'data-test="prefilled"' in page and by in page
    assert TERMS in page[page.index('id="form-i1"') :]

    filled = command(clerk, procedure, "fill_item", item="i1", values=known[0]["values"])
    assert filled.status_code == 200, filled.text
    point = points(house, procedure)["i1"]
    assert point["prefilled"] is None and point["values"]["restriction_reason"] == TERMS
    assert 'data-test="prefilled"' not in clerk.get(f"/procedures/{procedure}", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("known", "code", "named"),
    [
        ({"item": "A20", "values": {"term": "x"}}, "unknown_field", "term"),
        ({"item": "A20", "values": {"confidential": "yes"}}, "field_invalid", "confidential"),
        ({"item": "A20", "values": {"proposer": "p9"}}, "unknown_participant", "p9"),
        ({"item": "A99", "values": {}}, "item_not_allowed", "A99"),
    ],
)
def test_what_would_be_refused_when_typed_is_refused_when_asked_for(
    house: House, known: dict[str, Any], code: str, named: str
) -> None:
    answer = ask(house, prefilled=[known])

    assert answer.json()["code"] == code, answer.text
    assert named in answer.text


def test_the_same_number_with_other_values_is_another_request(house: House) -> None:
    body = asked(prefilled=KNOWN)
    machine = house.machine()
    first = machine.post("/api/v1/procedures", json=body, headers=fresh())
    again = machine.post("/api/v1/procedures", json=body, headers=fresh())
    other = machine.post("/api/v1/procedures", json=body | {"prefilled": KNOWN[:1]}, headers=fresh())

    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert (other.status_code, other.json()["code"]) == (409, "number_used_otherwise")
