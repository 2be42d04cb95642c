"""What each operation of the interface says of itself: who may ask, and every status with which it can be refused.

Made from what its route declares (permission, limit, body, method), so that no description says less.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, compile_path

from api.access.limits import Limit
from api.access.permissions import MACHINES, MATRIX, CallerKind, Permission
from api.access.session import SAFE, RequirePermission
from api.http.problems import MEDIA_TYPE
from domain.access.api_keys import EVIDENCE, PROCEDURES

SESSION, CSRF, API_KEY, TOKEN = "session", "csrf", "apiKey", "accessToken"

SCHEMES: Mapping[str, Mapping[str, Any]] = {
    SESSION: {"type": "apiKey", "in": "cookie", "name": "__Host-estrado"},
    CSRF: {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    API_KEY: {"type": "http", "scheme": "bearer"},
    TOKEN: {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/api/v1/oauth/token",
                "scopes": {
                    PROCEDURES: "Ask for procedures and follow them",
                    EVIDENCE: "Take away what came of those it asked for itself",
                },
            }
        },
    },
}

MEANINGS: Mapping[int, str] = {
    400: "The request itself is wrong",
    401: "Not signed in, or a secret that is not known",
    403: "Not for whoever asks, or not sent by a page of ours",
    404: "Not there for whoever asks",
    408: "The body did not come in time",
    409: "A rule forbids it as things stand: nothing was changed",
    410: "The content was erased",
    412: "The procedure is in another state than `If-Match` names: nothing was done, the ETag now is in `params`",
    413: "Too large",
    415: "Not of a kind that is read here",
    422: "The request says what it may not",
    429: "Too often: `Retry-After` tells when again",
    503: "Not done, a server is away: repeat it after `Retry-After`",
}


def permission_of(dependant: Dependant) -> Permission:
    """The one permission that a route declares. Raises `StopIteration` for a route that declares none."""
    return next(call.permission for call in calls_of(dependant) if isinstance(call, RequirePermission))


def calls_of(dependant: Dependant) -> Iterator[object]:
    """Everything that a route depends on, at whatever depth."""
    for inner in dependant.dependencies:
        yield inner.call
        yield from calls_of(inner)


def security_of(method: str, kinds: frozenset[CallerKind]) -> list[dict[str, list[str]]]:
    """Each way in which somebody can show that it is they; none where anybody may ask."""
    if CallerKind.ANYONE in kinds:
        return []
    people: dict[str, list[str]] = {SESSION: []} if method in SAFE else {SESSION: [], CSRF: []}
    ways = [people] if kinds - MACHINES else []
    if not kinds & MACHINES:
        return ways
    scope = PROCEDURES if CallerKind.REGIONAL_SYSTEM in kinds else EVIDENCE
    return [*ways, {API_KEY: []}, {TOKEN: [scope]}]


def statuses_of(method: str, route: APIRoute) -> set[int]:
    """With which problems it can be answered. The world being away is one of them, a defect of ours is none."""
    kinds, calls = MATRIX[permission_of(route.dependant)], list(calls_of(route.dependant))
    # A wrong API key is refused wherever it is shown; every address is looked at for what no text may say.
    found = {401, 422, 503}
    if CallerKind.ANYONE not in kinds or method not in SAFE:
        found.add(403)
    if "{" in route.path:
        found.add(404)
    if method == "POST":
        found |= {400, 409}
    if method not in SAFE:
        found |= {408, 413, 415}
    if route.body_field is not None:
        found |= {400, 413, 415}
    if any(isinstance(call, Limit) for call in calls):
        found.add(429)
    return found


def describe(app: FastAPI, schema: dict[str, Any]) -> None:
    """Complete every operation of `schema`."""
    schema["components"]["securitySchemes"] = {name: dict(scheme) for name, scheme in SCHEMES.items()}
    for method, operation, route in _operations(app, schema):
        operation["security"] = security_of(method, MATRIX[permission_of(route.dependant)])
        told = operation["responses"]
        declared_422 = told.pop("422", None)
        assert declared_422 is None or "HTTPValidationError" in str(declared_422)
        for status in sorted(statuses_of(method, route)):
            told.setdefault(str(status), {"description": MEANINGS[status]})
        for status, answer in told.items():
            if int(status) >= 400:
                answer.setdefault("content", {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}})
        operation["responses"] = dict(sorted(told.items()))


def refused(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=refused(409)`: what a handler itself may answer with besides what its declarations say."""
    return {status: {"description": MEANINGS[status]} for status in statuses}


def _operations(app: FastAPI, schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], APIRoute]]:
    by_name = {
        (found.path, method): found.original_route
        for found in iter_route_contexts(app.routes)
        if isinstance(found.original_route, APIRoute)
        for method in found.methods or ()
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            route = by_name[path, method.upper()]
            assert isinstance(route, APIRoute)
            yield method.upper(), operation, route


def methods_at(routes: Iterable[BaseRoute]) -> Callable[[str], frozenset[str]]:
    """Which methods an address knows (RFC 9110 10.2.1), of all its routes together."""
    known = [
        (compile_path(found.path or "")[0], frozenset(found.methods or ()))
        for found in iter_route_contexts(list(routes))
        if isinstance(found.original_route, APIRoute)
    ]

    def methods(path: str) -> frozenset[str]:
        return frozenset[str]().union(*(each for pattern, each in known if pattern.match(path)))

    return methods
