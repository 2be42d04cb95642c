"""Every caller at every route of every stage: the answer follows from what the route declares, and from nothing else.

Routes, permissions and commands are the application's own; written here is only who counts in the procedure.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest

from api.access.permissions import CallerKind, permits
from api.app import open_ports
from api.commands.table import TABLE
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId, OfficeId
from domain.types.vocabulary import StaffRole, Stage
from tests.api.conftest import forget_tries
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
    fresh,
)
from tests.api.stages import NAME, NUMBER, STAGES, at_stage
from tests.api.test_permissions import Route, permissions_of, routes

CONTENT = (NAME, NUMBER, "Presupuesto de la valla")
"""A name, a number and the title of a paper of the procedure."""

ENDS_THE_SESSION = ("/staff/out", "/leave", "/sessions/current", "/citizen/sessions/current")
"""As a POST or a DELETE: whoever asks is nobody afterwards."""

PASSWORD = "tres palabras sin sentido"


@dataclass(frozen=True)
class Asking:
    client: httpx.Client
    kind: CallerKind
    counts: bool = True
    """They are entitled to the procedure."""

    @property
    def kinds(self) -> frozenset[CallerKind]:
        return frozenset({self.kind, CallerKind.ANYONE})


@dataclass(frozen=True)
class Staged:
    stage: Stage
    procedure: str
    callers: dict[str, Asking]


async def employ(house: House, login: str, role: StaffRole, body: str | None, offices: tuple[str, ...]) -> None:
    account = Account(
        id=AccountId(f"acc_{login.partition('@')[0]}"), administration=AdministrationId("atlantia"),
        name="Persona Empleada", email=login, roles=(role,), body=body, offices=tuple(map(OfficeId, offices)),
    )  # fmt: skip
    async with open_ports(house.settings) as parts:
        await parts.accounts.create(account, login, PASSWORD)


def employed(house: House, role: StaffRole, body: str | None = None, offices: tuple[str, ...] = ()) -> httpx.Client:
    login = f"{role.value}.{body or offices[0]}@empleada.example"
    asyncio.run(employ(house, login, role, body, offices))
    client = house.client()
    answer = client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD}, headers=fresh())
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


@pytest.fixture(scope="module", params=STAGES, ids=lambda stage: str(stage.value))
def staged(house: House, request: pytest.FixtureRequest) -> Iterator[Staged]:
    asyncio.run(forget_tries(house.settings))
    procedure, applicant = at_stage(house, request.param)
    kind = CallerKind
    callers = {
        "anonymous": Asking(house.client(), kind.ANYONE, counts=False),
        "citizen": Asking(applicant, kind.CITIZEN, counts=not request.param.ended),
        "citizen of another": Asking(house.citizen(house.conciliation_once(), "p1"), kind.CITIZEN, counts=False),
        "clerk": Asking(house.another(CLERK), kind.CLERK),
        "clerk of another body": Asking(house.another(OTHER_CLERK), kind.CLERK, counts=False),
        "clerk elsewhere": Asking(house.another(FOREIGN_CLERK), kind.CLERK, counts=False),
        "official": Asking(employed(house, StaffRole.OFFICIAL, "peace-court-lira"), kind.OFFICIAL),
        "official of another body": Asking(house.another(OFFICIAL), kind.OFFICIAL, counts=False),
        "office": Asking(house.another(OFFICE), kind.OFFICE),
        "office of the body": Asking(house.another(OTHER_OFFICE), kind.OFFICE),
        "another office": Asking(employed(house, StaffRole.OFFICE, offices=("ojm-areal",)), kind.OFFICE, counts=False),
        "office elsewhere": Asking(house.another(FOREIGN_OFFICE), kind.OFFICE, counts=False),
        "auditor": Asking(house.another(AUDITOR), kind.AUDITOR),
        "auditor elsewhere": Asking(house.another(FOREIGN_AUDITOR), kind.AUDITOR, counts=False),
        "administrator": Asking(house.another(ADMINISTRATOR), kind.ADMINISTRATOR, counts=False),
        "administrator elsewhere": Asking(house.another(FOREIGN_ADMINISTRATOR), kind.ADMINISTRATOR, counts=False),
        "key": Asking(house.follower(), kind.REGIONAL_SYSTEM),
        "key of the case": Asking(house.machine(), kind.CASE_SYSTEM),
        "key elsewhere": Asking(house.machine("meseta"), kind.CASE_SYSTEM, counts=False),
    }
    yield Staged(request.param, procedure, callers)


def test_every_kind_of_caller_and_every_command_is_tried(house: House, staged: Staged) -> None:
    assert {caller.kind for caller in staged.callers.values()} == set(CallerKind)
    assert {*COMMANDS, UPLOADS} <= {route.path for route in routes(house)}
    assert {stage.ended for stage in STAGES} == {True, False} and Stage.INTERRUPTED in STAGES


def test_every_caller_at_every_route_is_answered_as_declared(house: House, staged: Staged) -> None:
    of_procedures = [route for route in routes(house) if "{procedure}" in route.path]
    assert len(of_procedures) > 80
    wrong = []
    for route in of_procedures:
        for name, caller in staged.callers.items():
            answer = ask(route, caller, staged)
            if (fault := fault_of(answer, expected(route, caller))) is not None:
                wrong.append(f"{name}: {route.methods} {route.path}: {fault}")
    assert not wrong, "\n".join(wrong)


def test_lists_and_pages_show_nothing_of_it_to_whom_it_is_not_for(house: House, staged: Staged) -> None:
    wrong = []
    for route in routes(house):
        if "{procedure}" in route.path or route.path.endswith(ENDS_THE_SESSION):
            continue
        (permission,) = permissions_of(route.dependant)
        for name, caller in staged.callers.items():
            permitted = permits(permission, caller.kinds)
            if not permitted and staged.stage is not STAGES[0]:
                continue  # who may not ask there at all is told so before any procedure is looked for
            answer = ask(route, caller, staged)
            fault = fault_of(answer, None if permitted else expected(route, caller))
            told = not caller.counts and [word for word in CONTENT if word in answer.text]
            if fault or told:
                wrong.append(f"{name}: {route.methods} {route.path}: {fault or told}")
    assert not wrong, "\n".join(wrong)


def expected(route: Route, caller: Asking) -> tuple[int, str] | None:
    """The refusal that the declarations order; None where none is."""
    (permission,) = permissions_of(route.dependant)
    kinds = caller.kinds
    if not permits(permission, kinds):
        nobody = kinds == {CallerKind.ANYONE}
        return (401, "not_signed_in") if nobody else (403, "not_permitted")
    return None if caller.counts or "{procedure}" not in route.path else (404, "not_found")


def fault_of(answer: httpx.Response, refusal: tuple[int, str] | None) -> str | None:
    problem = "problem" in answer.headers.get("content-type", "")
    code = answer.json()["code"] if problem else ""
    if refusal is not None:
        told = [word for word in CONTENT if word in answer.text]
        return None if (answer.status_code, code) == refusal and not told else f"{answer.status_code} {code} {told}"
    if answer.status_code >= 500 or code == "not_permitted":
        return f"{answer.status_code} {code}"
    return None


COMMANDS = {f"/api/v1/procedures/{{procedure}}/commands/{row.name}": row for row in TABLE if row.json is not None}
UPLOADS = "/api/v1/procedures/{procedure}/uploads"
"""Of the one command that has no JSON."""


def ask(route: Route, caller: Asking, staged: Staged) -> httpx.Response:
    """With a body that is good where it must be refused, and with one that changes nothing where it is not."""
    (method,) = route.methods
    headers = {**fresh(), "Accept": "application/json"}
    refused, body = expected(route, caller), None
    if row := COMMANDS.get(route.path):
        body = dict(row.example) if refused else {"nothing_of_the_kind": True}
    elif "/acts/" in route.path and not refused:
        headers["X-CSRF-Token"] = "of another page"
    elif method in ("POST", "PUT") and not refused:
        body = {}
    address = address_of(route, staged)
    with caller.client.stream(method, address, headers=headers, json=body, follow_redirects=False) as answer:
        if "event-stream" not in answer.headers.get("content-type", ""):
            answer.read()
            return answer
        return httpx.Response(answer.status_code, text="")


def address_of(route: Route, staged: Staged) -> str:
    known = {"procedure": staged.procedure, "page": "1", "document": "d1", "item": "i1", "participant": "p1"}
    known |= {"step": "start", "administration": "atlantia", "office": "ojm-vilar", "language": "es"}
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "none-such"), route.path)
