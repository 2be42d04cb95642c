"""What an answer says when it is not what was asked for; and what every answer carries."""

import json
from collections.abc import Callable

import httpx
import pytest

from api.http.problems import problem_text
from domain.errors import Refusal
from domain.refusals.procedure import WRONG_STAGE
from tests.api.people import CLERK, House, command, fresh


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("es-ES,es;q=0.9", "es"),
        ("en-GB,en;q=0.5", "en"),
        ("fr, en;q=0.3", "en"),
        ("fr", "es"),
        ("EN-ie", "en"),
        ("english", "es"),
    ],
)
def test_a_refusal_is_explained_in_the_reader_s_language(house: House, asked: str, given: str) -> None:
    address = f"/api/v1/procedures/{house.conciliation_once()}/commands/resume_procedure"
    answer = house.staff(CLERK).post(address, json={}, headers=fresh() | {"Accept-Language": asked})
    words = problem_text(Refusal(WRONG_STAGE), given)
    assert (answer.headers["content-language"], answer.json()["title"]) == (given, words.title)


def test_a_problem_document_has_every_member(house: House) -> None:
    procedure = house.conciliation()
    answer = command(house.staff(CLERK), procedure, "resume_procedure")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == problem["status"] == 409
    assert problem["code"] == "wrong_stage"
    assert problem["params"]["stage"] == "summoned"
    assert problem["trace_id"] == answer.headers["x-request-id"]
    assert problem["instance"].endswith("resume_procedure")
    about = house.client().get(problem["type"].removeprefix(house.url)).json()
    assert about["title"] == problem["title"] != ""


def test_what_is_wrong_with_a_request_is_pointed_at_and_not_repeated(house: House) -> None:
    procedure = house.conciliation()
    answer = command(house.staff(CLERK), procedure, "dismiss_participant", reason="ZQ", surplus=1)
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {
        "/body/participant", "/body/reason", "/body/surplus",
    }  # fmt: skip
    assert "ZQ" not in json.dumps(answer.json()["errors"])


@pytest.mark.parametrize(
    "body",
    [
        b'{"reason": "a", "reason": "bbbb"}',
        b'{"reason": NaN}',
        b'{"reason": 1e999}',
        b'{"reason": 9007199254740993}',
        b'{"reason": "\\ud800bbb"}',
        b"[" * 10_000 + b"]" * 10_000,
        b'{"reason": ' + b"9" * 5000 + b"}",
        b"\xff\xfe",
        b"{",
    ],
    ids=["twice", "nan", "infinite", "integer", "surrogate", "deep", "digits", "bytes", "cut"],
)
def test_ambiguous_json_is_refused(house: House, body: bytes) -> None:
    procedure = house.conciliation_once()
    answer = house.staff(CLERK).post(
        f"/api/v1/procedures/{procedure}/commands/cancel_procedure",
        content=body,
        headers=fresh() | {"Content-Type": "application/json"},
    )
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "request_invalid"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/procedures?office=%00",
        "/api/v1/problems/%00",
        "/board?office=a%00b",
        "/procedures/%00",
        "/board?number=1%E2%80%ae2",
    ],
)
def test_no_address_holds_an_unreadable_sign(house: House, path: str) -> None:
    answer = house.staff(CLERK).get(path)
    assert (answer.status_code, answer.json()["code"]) == (422, "text_unreadable")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-12-27T10:00:00"])
def test_a_moment_that_nobody_can_keep_is_refused_before_it_is_written(house: House, moment: str) -> None:
    clerk, procedure = house.staff(CLERK), house.conciliation_once()
    answer = command(clerk, procedure, "adjourn_procedure", reason="Falta el intérprete.", new_date=moment)
    assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")
    listed = clerk.get("/api/v1/procedures", params={"since": moment})
    assert (listed.status_code, listed.json()["code"]) == (422, "request_invalid")


@pytest.mark.parametrize(("pin", "code"), [("042917", "wrong_stage"), ("04291a", "request_invalid")])
def test_a_pin_is_six_digits(house: House, pin: str, code: str) -> None:
    procedure = house.conciliation()
    answer = command(house.arrived(procedure, "p1"), procedure, "enter_pin", participant="p1", challenge="x", pin=pin)
    assert answer.json()["code"] == code


def test_ten_megabytes_are_not_read(house: House) -> None:
    procedure = house.conciliation_once()
    answer = house.staff(CLERK).post(
        f"/api/v1/procedures/{procedure}/commands/cancel_procedure",
        content=b'{"reason": "' + b"a" * 10_000_000 + b'"}',
        headers=fresh() | {"Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "values", [{"id": "another-id-1"}, {"author": {"participant": "p3"}}, {"authenticated_at": "2020-01-01T00:00:00Z"}]
)
def test_a_request_cannot_say_who_asks(house: House, values: dict[str, object]) -> None:
    procedure = house.conciliation_once()
    answer = command(house.staff(CLERK), procedure, "cancel_procedure", reason="Prueba.", **values)
    assert answer.status_code == 422


def test_a_wrong_method_or_address_is_a_problem_document_too(house: House) -> None:
    method = house.client().put("/api/v1/sessions")
    assert (method.status_code, method.json()["code"]) == (405, "method_not_allowed")
    assert method.headers["allow"] == "POST"
    nowhere = house.client().get("/api/v1/nowhere")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/nowhere", "/api/v1/sessions/current", "/api/v1/openapi.json"])
def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    headers = house.client().get(path).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert f"ws://{house.settings.rooms_host}:{house.settings.rooms_port}" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=(self)" in headers["permissions-policy"]


@pytest.mark.parametrize("path", ["/static/js", "/board/", "/api/v1/procedures/"])
def test_no_address_leads_to_the_host_that_a_request_names(house: House, path: str) -> None:
    answer = house.client().get(path, headers={"Host": "attacker.example"})
    assert (answer.status_code, answer.headers.get("location")) == (404, None)


def test_shared_files_may_be_kept_and_are_checked_again(house: House) -> None:
    answer = house.client().get("/static/theme/atlantia.css")
    assert answer.headers["cache-control"] == "no-cache"
    assert "--brand: #0b4f6c" in answer.text
    assert house.client().get("/static/vendor/axe-core/axe.js").status_code == 404
    assert house.client().get("/static/vendor/govuk-frontend/../axe-core/axe.js").status_code == 404


def until_refused(ask: Callable[[], httpx.Response]) -> httpx.Response:
    """The first 429: tries come back while a slow machine asks."""
    answer = next(answer for answer in (ask() for _ in range(1200)) if answer.status_code == 429)
    assert int(answer.headers["retry-after"]) > 0
    return answer


def test_strangers_may_not_try_for_ever(house: House) -> None:
    stranger, body = house.client(), {"code": "0000-0000-0000"}
    answers = [stranger.post("/api/v1/citizen/sessions", json=body, headers=fresh()) for _ in range(30)]
    assert {answer.status_code for answer in answers} == {401}
    refused = until_refused(lambda: stranger.post("/api/v1/citizen/sessions", json=body, headers=fresh()))
    assert refused.json()["code"] == "too_many_requests"


def test_an_unknown_verification_code_hints_at_nothing(house: House) -> None:
    answer = house.client().get("/api/v1/verifications/ES47-AAAA-BBBB")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
