"""Readings with an ETag, and what is asked for in one state alone (RFC 9110, 8.8.3 and 13)."""

import hashlib
import re
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

MOST_TAGS = 20
"""Of one `If-Match`; what is beyond them is not looked at."""

Answers = dict[int | str, dict[str, Any]]

NOT_CHANGED: Answers = {304: {"description": "Not changed"}}


def _etag(description: str) -> dict[str, Any]:
    return {"headers": {"ETag": {"schema": {"type": "string"}, "description": description}}}


CONTENT_ETAG = _etag("Of exactly this content, for `If-None-Match`")
READING: Answers = {200: CONTENT_ETAG, **NOT_CHANGED}
"""`responses=READING`: what a reading with an ETag answers."""
STATE_READING: Answers = {
    200: _etag("Of exactly this content, for `If-None-Match`; of the state, for `If-Match` of a command"), **NOT_CHANGED
}  # fmt: skip
"""The same of a reading whose ETag commands take."""
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETags of what whoever asks has: 304 where it is still that.",
    "schema": {"type": "string"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "ETags of readings of the procedure: 412 and nothing done where it has moved on since.",
    "schema": {"type": "string"},
}

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_POSITION = re.compile(r"(\d{1,9}-[0-9a-f]{16})-[0-9a-f]{16}")


def etag_of(content: bytes, position: str = "") -> str:
    """A strong one: the same for the same bytes alone. With `position`, where the journal stood when it was read."""
    digest = hashlib.sha256(content).hexdigest()[:16]
    return f'"{position}-{digest}"' if position else f'"{digest}"'


def not_changed(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names what is there: whoever asks has it. Compared weakly (RFC 9110, 13.1.2)."""
    said = ",".join(request.headers.getlist("if-none-match"))
    return said.strip() == "*" or etag.strip('"') in {found[2] for found in _TAG.finditer(said)}


def expected_by(request: Request) -> tuple[str, ...] | None:
    """Positions of the journal that `If-Match` names, in one of which alone the request is to be carried out.

    None: in any. What is no ETag of a procedure, or a weak one, names none (RFC 9110, 13.1.1).
    """
    said = ",".join(request.headers.getlist("if-match")).strip()
    if not said or said == "*":
        return None
    strong = [found[2] for found in _TAG.finditer(said) if not found[1]][:MOST_TAGS]
    return tuple(named[1] for named in map(_POSITION.fullmatch, strong) if named)


def written(view: BaseModel) -> bytes:
    """A view as it is answered."""
    return view.model_dump_json().encode()


def reading(request: Request, content: bytes, etag: str) -> Response:
    """`content` as JSON under its ETag; 304 without it where whoever asks has it."""
    headers = {"ETag": etag}
    if not_changed(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="application/json", headers=headers)
