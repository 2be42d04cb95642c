"""Every route declares who may use it, and refuses everybody else before it looks at anything."""

import re
from typing import NamedTuple

import httpx
import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.access.permissions import MATRIX, CallerKind, Permission, permits
from api.access.session import RequirePermission
from api.http.openapi import STANDARD_CLIENTS
from tests.api.people import ADMINISTRATOR, AUDITOR, CLERK, OFFICE, OFFICIAL, House, fresh

NOBODY = "prc_" + "0" * 32


def permissions_of(dependant: Dependant) -> set[Permission]:
    own = {dependant.call.permission} if isinstance(dependant.call, RequirePermission) else set()
    return own.union(*(permissions_of(inner) for inner in dependant.dependencies))


class Route(NamedTuple):
    path: str
    methods: frozenset[str]
    dependant: Dependant


def routes(house: House) -> list[Route]:
    """Every route of ours with its whole path; the description of the interface and the folders of files have none."""
    return [
        Route(route.path or "", frozenset(route.methods or ()), route.dependant)
        for route in iter_route_contexts(house.app.routes)
        if isinstance(route.original_route, APIRoute)
    ]


def test_every_route_declares_exactly_one_permission(house: House) -> None:
    wrong = {
        f"{r.methods} {r.path}": permissions_of(r.dependant)
        for r in routes(house)
        if len(permissions_of(r.dependant)) != 1
    }
    assert not wrong
    assert len(routes(house)) > 60


def test_every_permission_is_in_the_matrix_and_guards_something(house: House) -> None:
    used = {permission for route in routes(house) for permission in permissions_of(route.dependant)}
    assert used == set(Permission) == set(MATRIX)


def test_what_the_matrix_does_not_name_is_refused() -> None:
    assert not permits("erase_everything", frozenset(CallerKind))  # type: ignore[arg-type]


def test_every_post_of_the_interface_wants_an_idempotency_key(house: House) -> None:
    stranger = house.client()
    for route in routes(house):
        if "POST" in route.methods and route.path.startswith("/api/v1") and route.path != STANDARD_CLIENTS:
            answer = stranger.post(_address(route))
            public = all(permits(each, frozenset({CallerKind.ANYONE})) for each in permissions_of(route.dependant))
            expected = (400, "idempotency_key_missing") if public else (401, "not_signed_in")
            assert (answer.status_code, answer.json()["code"]) == expected, route.path
    for login, path in ((ADMINISTRATOR, "devices"), (CLERK, "procedures"), (OFFICE, "procedures")):
        answer = house.staff(login).post(f"/api/v1/{path}", json={})
        assert (answer.status_code, answer.json()["code"]) == (400, "idempotency_key_missing"), path


@pytest.fixture(scope="module")
def callers(house: House) -> dict[CallerKind, httpx.Client]:
    procedure = house.conciliation()
    return {
        CallerKind.ANYONE: house.client(),
        CallerKind.CLERK: house.staff(CLERK),
        CallerKind.OFFICIAL: house.staff(OFFICIAL),
        CallerKind.OFFICE: house.staff(OFFICE),
        CallerKind.ADMINISTRATOR: house.staff(ADMINISTRATOR),
        CallerKind.AUDITOR: house.staff(AUDITOR),
        CallerKind.CITIZEN: house.citizen(procedure, "p1"),
        CallerKind.REGIONAL_SYSTEM: house.follower(),
        CallerKind.CASE_SYSTEM: house.machine(),
    }


@pytest.mark.parametrize("caller", list(CallerKind))
def test_each_caller_is_permitted_what_the_matrix_says(
    house: House, callers: dict[CallerKind, httpx.Client], caller: CallerKind
) -> None:
    client = callers[caller]
    for route in routes(house):
        if not route.path.startswith("/api/v1") and "/acts/" not in route.path:
            continue
        if route.path.endswith(("/current", "/events")):
            continue
        (permission,) = permissions_of(route.dependant)
        (method,) = route.methods
        answer = client.request(method, _address(route), headers=fresh())
        code = answer.json().get("code") if "problem" in answer.headers.get("content-type", "") else None
        refused = code == ("not_signed_in" if caller is CallerKind.ANYONE else "not_permitted")
        assert refused is not permits(permission, frozenset({caller, CallerKind.ANYONE})), (route.path, answer.text)
        assert answer.status_code < 500, (route.path, answer.text)


def _address(route: Route) -> str:
    """The path with things that do not exist in the place of its parameters."""
    known = {"procedure": NOBODY, "page": "1", "document": "d1", "item": "i1", "participant": "p1"}
    return re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], "none-such"), route.path)
