"""What the interface says of itself: the description, the groups, and one way to name operations."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import ConfigDict

from api.http.conditional import IF_NONE_MATCH
from domain.base import Value
from domain.text import ONE_LINE, READABLE, READABLE_LINE

VERSION = "1.0.0"

DESCRIPTION = """
Orchestrates citizens' procedures before justice bodies by secure videoconference, from the summons to the signed,
anchored and delivered minutes.

**Who asks.** People have a session cookie and show its CSRF token in `X-CSRF-Token`. A regional system has an API key
of one Administration: `Authorization: Bearer estrado_...`; or it gets a token for a quarter of an hour at
`/api/v1/oauth/token` (OAuth 2.0 client credentials), by the key or by a statement signed with a key of its own.

**Every other POST carries an `Idempotency-Key`** (8 to 80 characters, a UUID is best). The same key with the same
request gives the same answer for 24 hours; with another request, 422; while the first is under way for long, 409.
After `202` or `503` repeat the request with the same key: nothing happens twice.

**Trouble** is `application/problem+json` (RFC 9457) in Spanish or English (`Accept-Language`), with the stable `code`
of the rule that was broken and what it concerns in `params`.
"""

TAGS = [
    {"name": "sessions", "description": "Signing in and out."},
    {"name": "procedures", "description": "Asking for a procedure, and where it stands."},
    {
        "name": "commands",
        "description": "Acts of people in a procedure: each is checked by its rule, journaled, answered.",
    },
    {"name": "documents", "description": "Papers, pictures, minutes and the evidence bundle."},
    {"name": "rooms", "description": "Entering the video."},
    {"name": "verification", "description": "For whoever holds a document of ours."},
    {"name": "administration", "description": "Office computers, keys of regional systems, who has looked at what."},
    {"name": "webhooks", "description": "Where regional systems are told what happens, and what became of it."},
    {"name": "about", "description": "Catalogue, help, explanations, health."},
]

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "trace_id"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": "Where this problem is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "Why the rule exists and what to do now."},
        "instance": {"type": "string"},
        "code": {"type": "string", "description": "Stable: programs decide by it."},
        "params": {"type": "object", "additionalProperties": True},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string", "description": "JSON Pointer (RFC 6901)."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
        "trace_id": {"type": "string"},
    },
    "example": {
        "type": "https://justicia.example/api/v1/problems/identity_lapsed",
        "title": "La identidad debe verificarse de nuevo",
        "status": 409,
        "detail": "La conexión se cortó durante demasiado tiempo. Verifique otra vez la identidad.",
        "instance": "/api/v1/procedures/prc_0193f0a05b7c8c3e9d2b4a6c8e0f1a2b/commands/sign_document",
        "code": "identity_lapsed",
        "params": {"participant": "p1", "cause": "connection_lost"},
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
    },
}

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "One per intention; repeat it when the answer was lost.",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._:-]{7,79}$"},
    "example": "0193f0a0-5b7c-7c3e-9d2b-4a6c8e0f1a2b",
}


STANDARD_CLIENTS = "/api/v1/oauth/token"
"""Programs that know no header of ours ask here (RFC 6749). Asked twice, it gives two tokens; each ends by itself."""


def example(**values: Any) -> ConfigDict:
    """The configuration of what a request says, with an example that programs can send as it is."""
    return ConfigDict(json_schema_extra={"example": values})


class RequestBody(Value):
    """What somebody sends us: a key that we do not know is a mistake of theirs, and they are told."""

    model_config = ConfigDict(extra="forbid")


def operation_id(route: APIRoute) -> str:
    """`sign_in` is the operation `signIn`: verb first."""
    head, *rest = route.name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def document(app: FastAPI, describe: Callable[[FastAPI, dict[str, Any]], None]) -> dict[str, Any]:
    """The specification, made once. `describe` says of each operation who may ask, and how it can be refused."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=VERSION, description=DESCRIPTION, routes=app.routes, tags=TAGS,
            openapi_version="3.1.0",
        )  # fmt: skip
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for address, path in schema["paths"].items():
            if "post" in path and address != STANDARD_CLIENTS:
                path["post"].setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            for operation in path.values():
                if "304" in operation["responses"]:
                    operation.setdefault("parameters", []).append(IF_NONE_MATCH)
        describe(app, schema)
        _say_what_is_read(schema)
        app.openapi_schema = schema
    return app.openapi_schema


def _say_what_is_read(schema: dict[str, Any]) -> None:
    """Of every text that somebody may send, which signs it may not hold: `strict_json` refuses them, and addresses."""
    named = schema["components"]["schemas"]
    operations = [operation for path in schema["paths"].values() for operation in path.values()]
    left = [told for one in operations for told in (one.get("requestBody"), *one.get("parameters", ())) if told]
    known: set[str] = set()
    while left:
        told = left.pop()
        if isinstance(told, list):
            left += told
        elif isinstance(told, dict):
            name = str(told.get("$ref", "")).rpartition("/")[2]
            if name in named and name not in known:
                known.add(name)
                left.append(named[name])
            if told.get("type") == "string" and not told.keys() & {"enum", "const"} and told.get("format") != "binary":
                _say_which_signs(told)
            left += [inner for key, inner in told.items() if key not in ("example", "examples", "default")]


def _say_which_signs(told: dict[str, Any]) -> None:
    if told.get("pattern") == ONE_LINE:
        told["pattern"] = READABLE_LINE
    elif told.get("format") in (None, "password"):
        told.setdefault("pattern", READABLE)
