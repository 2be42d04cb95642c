"""The interface does what its description says, whatever is sent: documented answers of the documented shape, no 500.

Requests are made from `docs/openapi.json`: some as it says, some on purpose not. See also `python -m bench.fuzzing`.
"""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

from api.http.problems import MEDIA_TYPE, has_words
from domain.types.vocabulary import Stage
from tests.api.people import ADMINISTRATOR, AUDITOR, CLERK, House, asked, fresh
from tests.api.stages import OTHER_STAGES, STAGES, at_stage

SPECIFICATION = json.loads((Path(__file__).resolve().parents[2] / "docs" / "openapi.json").read_text())
FOUND = [
    found.ok() for found in schemathesis.openapi.from_dict(SPECIFICATION).get_all_operations() if isinstance(found, Ok)
]
OPERATIONS = {str(operation.definition.raw["operationId"]): operation for operation in FOUND}

STREAMS = {"followChanges"}
"""Answered for as long as the page is open: `test_live.py`."""

CALLERS = ("administrator", "auditor", "clerk", "system", "citizen")

LAST = ("confirmPassword", "leave", "signOut", "interruptProcedure", "resumeProcedure", "adjournProcedure",
        "closeSession", "cancelProcedure")  # fmt: skip
"""What ends a session or a stage comes after all that wants one."""

AT = STAGES + (OTHER_STAGES if "ESTRADO_CASES" in os.environ else ())

ASKED = [
    (stage, name, caller)
    for stage in AT
    for name in (*sorted(set(OPERATIONS) - STREAMS - set(LAST)), *LAST)
    for caller in CALLERS
    if "{procedure}" in OPERATIONS[name].path or stage is STAGES[-1]
]
"""At every stage, what is about a procedure; once, at the end, what is not."""

CASES = int(os.environ.get("ESTRADO_CASES", "5000"))
"""Requests in all: `python -m bench.fuzzing --cases 20000`."""

OF_OAUTH = {"invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"}
"""Standard: RFC 6749, 5.2; what programs that know nothing else of ours understand."""

EXAMPLES = max(1, CASES // len(ASKED))

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

PLAUSIBLE: dict[str, list[Any]] = {
    "participant": ["p1", "p2", "p3"],
    "depositor": ["p1"],
    "document": ["d1"],
    "item": ["i1", "i4"],
    "type": ["conciliation", "oral_hearing_witness"],
    "body": ["peace-court-lira"],
    "office": ["ojm-lira", "court-ponte-nova"],
    "role": ["applicant", "respondent"],
    "administration": ["atlantia"],
    "scheduled_at": [asked()["scheduled_at"]],
    "must_act": ["clerk"],
    "purpose": ["identity"],
}
"""What is there, by the name of a field: words made at random find nothing, and meet the first rule only."""


class Caller:
    """Somebody with an account, or a regional system; a citizen whose seat is in `procedure`."""

    def __init__(self, client: httpx.Client, procedure: str) -> None:
        self.procedure = procedure
        cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        shown = {name: client.headers.get(name, "") for name in ("X-CSRF-Token", "Authorization")}
        self.headers = {name: value for name, value in (shown | {"Cookie": cookies}).items() if value}


@pytest.fixture(scope="module")
def callers(house: House) -> Callable[[Stage], dict[str, Caller]]:
    """Those who ask, at a procedure of that stage; made when the first asks."""

    @cache
    def at(stage: Stage) -> dict[str, Caller]:
        procedure, applicant = at_stage(house, stage)
        clients = {
            "administrator": house.another(ADMINISTRATOR),
            "auditor": house.another(AUDITOR),
            "clerk": house.another(CLERK),
            "system": house.machine(),
            "citizen": applicant,
        }
        return {name: Caller(client, procedure) for name, client in clients.items()}

    return at


def test_every_operation_of_the_description_is_understood() -> None:
    described = {operation["operationId"] for path in SPECIFICATION["paths"].values() for operation in path.values()}
    assert set(OPERATIONS) == described


@pytest.mark.skipif("ESTRADO_CASES" in os.environ, reason="the long run asks as often as it is told")
def test_no_more_is_asked_than_everybody_waits_for() -> None:
    assert {stage for stage, _, _ in ASKED} == set(STAGES)
    assert len(ASKED) * EXAMPLES <= CASES


@pytest.mark.parametrize(("stage", "name", "caller"), ASKED)
def test_an_operation_answers_as_it_is_described(
    house: House, callers: Callable[[Stage], dict[str, Caller]], stage: Stage, name: str, caller: str
) -> None:
    who, operation = callers(stage)[caller], OPERATIONS[name]
    made = st.one_of([operation.as_strategy(mode) for mode in GenerationMode])

    @settings(
        max_examples=EXAMPLES,
        derandomize="ESTRADO_CASES" not in os.environ,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(made, st.data())
    def asked_for(case: Case[Any], data: st.DataObject) -> None:
        with_what_is_there(case, who, data)
        answer = case.call(base_url=house.url, headers=who.headers | fresh(), timeout=30)
        case.validate_response(answer, checks=CHECKS)
        says_what_it_may(operation.definition.raw, answer)

    asked_for()


def with_what_is_there(case: Case[Any], who: Caller, data: st.DataObject) -> None:
    """Put ids that exist where the description only says how they look."""
    if "procedure" in case.path_parameters and data.draw(st.integers(0, 4)):
        case.path_parameters["procedure"] = who.procedure
    for part in (case.path_parameters, case.query, case.body):
        _plausible(part, data)


def _plausible(value: Any, data: st.DataObject) -> None:
    if isinstance(value, list):
        for inner in value:
            _plausible(inner, data)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in PLAUSIBLE and isinstance(inner, str) and data.draw(st.integers(0, 4)):
                value[name] = data.draw(st.sampled_from(PLAUSIBLE[name]))
            else:
                _plausible(inner, data)


def says_what_it_may(described: dict[str, Any], answer: Response) -> None:
    """Its status is one of those described, and everything but a success is a problem whose code has words."""
    assert str(answer.status_code) in described["responses"], (answer.status_code, answer.text)
    if described["operationId"] == "issueToken" and answer.headers.get("content-type") == ["application/json"]:
        assert answer.status_code == 200 or answer.json()["error"] in OF_OAUTH, answer.text
    elif answer.headers.get("content-type") == [MEDIA_TYPE]:
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert has_words(problem["code"]), problem
    else:
        assert answer.status_code < 400, answer.text
