"""Every answer that is not what was asked for: `application/problem+json` (RFC 9457) in the reader's language."""

import logging
import traceback
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.http.cookies import LANGUAGE_COOKIE
from domain.errors import DatabaseUnavailable, PersonMustAct, Refusal, TryAgain
from domain.languages import DEFAULT_LANGUAGE
from domain.refusals.access import NOT_FOUND, NOT_PERMITTED, NOT_SIGNED_IN
from domain.refusals.declared import Declared
from domain.refusals.identity import IDENTIFICATION_EXHAUSTED
from domain.refusals.pins import PIN_EXHAUSTED
from domain.refusals.platform import DATABASE_UNAVAILABLE, ENGINE_UNAVAILABLE, INTERNAL, STILL_WORKING
from domain.refusals.requests import (
    BAD_REQUEST,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    REQUEST_INVALID,
    REQUEST_TOO_SLOW,
    TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
)
from templates.catalogues import LANGUAGES_WITH_WORDS
from templates.texts import Explanation, has_text, refusal_text, text

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger("api")


class NotSignedIn(Refusal):
    def __init__(self) -> None:
        super().__init__(NOT_SIGNED_IN)


class NotPermitted(Refusal):
    def __init__(self) -> None:
        super().__init__(NOT_PERMITTED)


class NotFound(Refusal):
    """Not there, or not for these eyes: nobody learns which."""

    def __init__(self) -> None:
        super().__init__(NOT_FOUND)


class RefusedReading(HTTPException):
    """A refusal met while a body is read. Of all errors from there, FastAPI hands on those of HTTP alone."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.declared.status)
        self.refusal = refusal


class StillWorking(TryAgain):
    """Accepted, and not finished in time. The same Idempotency-Key may be asked again."""


class EngineUnavailable(TryAgain):
    """Nothing was acknowledged, nothing was lost."""


RETRY_AFTER = {StillWorking: 1, EngineUnavailable: 2, TryAgain: 2}

_OF_HTTP: Mapping[int, Declared] = {
    400: BAD_REQUEST, 404: NOT_FOUND, 405: METHOD_NOT_ALLOWED, 406: NOT_ACCEPTABLE, 408: REQUEST_TOO_SLOW,
    413: TOO_LARGE, 415: UNSUPPORTED_MEDIA_TYPE, 422: REQUEST_INVALID,
}  # fmt: skip

FAULTS: Mapping[str, int] = {"content_erased": 410}
"""HTTP status of permanent faults of the platform that are no defect of it; all others are a server error."""

SPENT: Mapping[str, Declared] = {"pin_wrong": PIN_EXHAUSTED, "identification_failed": IDENTIFICATION_EXHAUSTED}
"""What the last of several attempts is answered with."""


def status_of(error: Exception) -> int:
    if isinstance(error, TryAgain):
        return 202 if isinstance(error, StillWorking) else 503
    known = as_refusal(error)
    return FAULTS.get(known.code, known.declared.status if isinstance(known, Refusal) else 500)


def as_refusal(error: Exception) -> PersonMustAct:
    """The same trouble with a code that has a text."""
    if isinstance(error, PersonMustAct):
        # The last wrong PIN leaves nothing to try again with: what helps is another PIN.
        spent = SPENT.get(error.code) if error.params.get("left") == 0 else None
        return Refusal(spent, **error.params) if spent else error
    if isinstance(error, DatabaseUnavailable):
        return Refusal(DATABASE_UNAVAILABLE)
    if isinstance(error, TryAgain):
        return Refusal(STILL_WORKING if isinstance(error, StillWorking) else ENGINE_UNAVAILABLE)
    if isinstance(error, RequestValidationError):
        return Refusal(REQUEST_INVALID)
    if isinstance(error, RefusedReading):
        return error.refusal
    if isinstance(error, HTTPException):
        return Refusal(_OF_HTTP.get(error.status_code, BAD_REQUEST))
    return Refusal(INTERNAL)


def language_of(request: Request) -> str:
    """A language that there are words in: what the person chose, else what the browser asks for."""
    asked = [request.cookies.get(LANGUAGE_COOKIE, "")]
    asked += [part.split(";")[0].strip().lower() for part in request.headers.get("accept-language", "").split(",")]
    for tag in asked:
        # Standard: RFC 4647 3.4, a range that nothing matches is tried without its last subtags: `en-IE` is `en`.
        for found in (tag, tag.split("-")[0]):
            if found in LANGUAGES_WITH_WORDS:
                return found
    return DEFAULT_LANGUAGE


def problem_response(request: Request, error: Exception) -> JSONResponse:
    """`error` as a problem document. Spanish and English; `params` and `errors` are for machines."""
    refusal = as_refusal(error)
    language = language_of(request)
    words = problem_text(refusal, language)
    status = status_of(error)
    body: dict[str, Any] = {
        "type": f"{request.app.state.settings.public_url}/api/v1/problems/{refusal.code}",
        "title": words.title,
        "status": status,
        "detail": " ".join(part for part in (words.why, words.next) if part),
        "instance": request.url.path,
        "code": refusal.code,
        "params": {name: _plain(value) for name, value in refusal.params.items()},
        "trace_id": getattr(request.state, "trace_id", ""),
    }
    if isinstance(error, RequestValidationError):
        body["errors"] = field_errors(error, language)
    return JSONResponse(body, status, _headers(request, error, status, language), MEDIA_TYPE)


def field_errors(error: RequestValidationError, language: str) -> list[dict[str, str]]:
    """What is wrong with each part of a request, by JSON Pointer (RFC 6901). What was sent is not repeated."""
    return [
        {
            "pointer": "/" + "/".join(_escaped(part) for part in fault["loc"]),
            "code": fault["type"],
            "detail": _fault_in_words(fault, language),
        }
        for fault in error.errors()[:50]
    ]


def _fault_in_words(fault: Mapping[str, Any], language: str) -> str:
    # pydantic joins the last two of a list with an English word.
    told = {name: str(value).replace(" or ", ", ") for name, value in fault.get("ctx", {}).items()}
    try:
        return text(f"faults.{fault['type']}", language, **told)
    except KeyError:
        return text("faults.other", language)


def _escaped(part: object) -> str:
    return str(part)[:100].replace("~", "~0").replace("/", "~1")


def _headers(request: Request, error: Exception, status: int, language: str) -> dict[str, str]:
    headers = {"Content-Language": language}
    if isinstance(error, TryAgain):
        headers["Retry-After"] = str(next(RETRY_AFTER[kind] for kind in RETRY_AFTER if isinstance(error, kind)))
    elif status == 429 and isinstance(error, PersonMustAct):
        headers["Retry-After"] = str(error.params.get("seconds", 60))
    elif status == 503 or (isinstance(error, Refusal) and error.code == "request_in_progress"):
        headers["Retry-After"] = "1"
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="estrado"'  # standard: RFC 9110 15.5.2
    if status == 412 and isinstance(error, Refusal) and "etag" in error.params:
        headers["ETag"] = str(error.params["etag"])
    if status == 405:
        # The router tells the methods of the first route that has this address, and not those of the others.
        headers["Allow"] = ", ".join(sorted(request.app.state.methods_at(request.url.path)))
    return headers


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def problem_text(refusal: PersonMustAct, language: str) -> Explanation:
    """The words for `refusal`: the interface's own troubles, then the catalogue of refusals. Never raises."""
    if not has_text(f"problems.{refusal.code}.title"):
        return refusal_text(refusal, language)
    parts = (text(f"problems.{refusal.code}.{part}", language) for part in ("title", "why", "next"))
    return Explanation(refusal.code, *parts)


def has_words(code: str) -> bool:
    """True when `code` is one of those that people and programs may meet."""
    return has_text(f"problems.{code}.title") or has_text(f"refusals.{code}.title")


def log_server_error(request: Request, error: Exception) -> None:
    """Write down what is ours to repair: where and of what kind. Never what it said, which may be personal."""
    if status_of(error) < 500:
        return
    kind = error.code if isinstance(error, PersonMustAct) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    log.error("request %s failed: %s at %s", getattr(request.state, "trace_id", ""), kind, where)
