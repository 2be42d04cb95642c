"""No text comes in, by whatever way, that would be read differently from what it says."""

import json
from typing import Any

import pytest

from api.pages.rendering import environment
from tests.api.people import ADMINISTRATOR, CLERK, House, asked, command, fresh, person

TURNED = "contrato\u202egnp.exe"


def turned_request(field: str) -> dict[str, Any]:
    if field == "name":
        people = asked()["participants"]
        return asked(participants=[person("applicant", TURNED, office="ojm-vilar"), *people[1:]])
    return asked(**{field: TURNED})


@pytest.mark.parametrize("field", ["name", "case_number", "external_id", "nig"])
def test_a_request_holds_no_sign_that_turns_the_writing(house: House, field: str) -> None:
    answer = house.machine().post("/api/v1/procedures", json=turned_request(field), headers=fresh())
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")
    assert answer.json()["params"] == {"sign": "U+202E"}


@pytest.mark.parametrize("sign", ["\u202e", "\u2067", "\x00", "\x1b", "\u2028"])
def test_a_command_holds_none(house: House, sign: str) -> None:
    answer = command(house.staff(CLERK), house.conciliation_once(), "cancel_procedure", reason=f"Una {sign}errata.")
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


def test_the_name_of_a_member_holds_none(house: House) -> None:
    answer = house.staff(CLERK).put(
        f"/api/v1/procedures/{house.conciliation_once()}/drafts/i1", json={"values": {TURNED: "a"}}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


@pytest.mark.parametrize("typed", ["a%00b", "a%E2%80%AEb", "a%e2%80%aeb"])
def test_a_form_of_a_page_holds_none(house: House, typed: str) -> None:
    answer = house.client().post(
        "/staff", content=f"login={typed}&password=x", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


def test_a_form_in_parts_is_taken_where_files_are_asked_for_and_nowhere_else(house: House) -> None:
    procedure, paper = house.conciliation_once(), {"files": ("a.pdf", b"%PDF-1.7", "application/pdf")}
    assert house.client().post("/staff", files=paper, data={"login": TURNED}).status_code == 415
    fields = {"code": "exhibit", "title": TURNED, "depositor": "p1"}
    answer = house.staff(CLERK).post(
        f"/api/v1/procedures/{procedure}/uploads", files=paper, data=fields, headers=fresh()
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


def test_what_stands_on_one_line_is_one_line(house: House) -> None:
    broken = "31/2026\nBcc: otra"
    answer = house.machine().post("/api/v1/procedures", json=asked(case_number=broken), headers=fresh())
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/body/case_number"}
    answer = house.staff(ADMINISTRATOR).post("/api/v1/api-keys", json={"label": "a\nb"}, headers=fresh())
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/body/label"}


def test_the_browser_s_json_is_still_taken_with_its_line_breaks(house: House) -> None:
    procedure = house.conciliation_once()
    body = json.dumps({"values": {"text": "Una línea.\n\tOtra 👩‍⚖️."}}, ensure_ascii=False)
    answer = house.staff(CLERK).put(
        f"/api/v1/procedures/{procedure}/drafts/i1", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200


def test_a_page_spells_out_what_was_kept_before() -> None:
    shown = environment().from_string("{{ name }}").render(name=f"<{TURNED}")
    assert shown == "&lt;contrato[U+202E]gnp.exe"
