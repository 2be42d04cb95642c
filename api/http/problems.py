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
from templates.catalogues import LANGUAGES_WITH_WORDS
from templates.texts import Explanation, has_text, refusal_text, text

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger("api")


class NotSignedIn(Refusal):
    def __init__(self) -> None:
        super().__init__("not_signed_in")


class NotPermitted(Refusal):
    def __init__(self) -> None:
        super().__init__("not_permitted")


class NotFound(Refusal):
    """Not there, or not for these eyes: nobody learns which."""

    def __init__(self) -> None:
        super().__init__("not_found")


class StillWorking(TryAgain):
    """Accepted, and not finished in time. The same Idempotency-Key may be asked again."""


class EngineUnavailable(TryAgain):
    """Nothing was acknowledged, nothing was lost."""


RETRY_AFTER = {StillWorking: 1, EngineUnavailable: 2, TryAgain: 2}

STATUS: Mapping[str, int] = {
    "bad_cursor": 400, "json_malformed": 400, "idempotency_key_missing": 400, "bad_request": 400,
    "not_signed_in": 401, "sign_in_refused": 401, "api_key_refused": 401, "summons_code_unknown": 401,
    "not_permitted": 403, "request_not_ours": 403, "host_only": 403, "authority_only": 403, "only_oneself": 403,
    "office_only": 403, "staff_only": 403, "approver_only": 403, "waiver_not_allowed": 403,
    "terms_not_yours_to_shorten": 403,
    "staff_sign_in_instead": 403, "type_not_enabled": 403,
    "not_found": 404, "unknown_participant": 404, "unknown_item": 404, "unknown_document": 404, "no_such_page": 404,
    "unknown_challenge": 404,
    "method_not_allowed": 405, "not_acceptable": 406,
    "request_in_progress": 409,
    "content_erased": 410,
    "too_large": 413, "unsupported_media_type": 415,
    "request_invalid": 422, "idempotency_key_reused": 422, "unknown_field": 422, "field_required": 422,
    "field_invalid": 422, "field_too_short": 422, "consent_unanswered": 422, "pin_incomplete": 422, "pin_wrong": 422,
    "identification_failed": 422,
    "id_letter_wrong": 422, "id_number_differs": 422,
    "outcome_unknown": 422, "role_unknown": 422, "people_missing": 422, "procedure_type_unknown": 422,
    "body_unknown": 422, "office_unknown": 422, "account_unknown": 422, "date_in_the_past": 422,
    "date_too_far": 422, "requested_too_late": 422, "summoned_too_late": 422, "birth_date_needed": 422,
    "minor_from_elsewhere": 422,
    "mail_address_invalid": 422, "file_type_unknown": 422, "file_too_large": 422, "file_empty": 422,
    "image_too_many_pixels": 422, "file_dangerous": 422, "file_encrypted": 422, "file_unreadable": 422,
    "file_too_many_pages": 422,
    "sign_in_locked": 429, "too_many_requests": 429, "too_many_pins": 429,
    "internal": 500, "still_working": 202, "engine_unavailable": 503, "database_unavailable": 503,
    "outside_unavailable": 503,
}  # fmt: skip
"""HTTP status by code; a refusal that is not here is a conflict with where the procedure stands (409)."""

SPENT = {"pin_wrong": "pin_exhausted", "identification_failed": "identification_exhausted"}
"""What the last of several attempts is answered with."""

_HTTP_CODES = {
    400: "bad_request", 404: "not_found", 405: "method_not_allowed", 406: "not_acceptable", 413: "too_large",
    415: "unsupported_media_type", 422: "request_invalid",
}  # fmt: skip


def status_of(error: Exception) -> int:
    if isinstance(error, TryAgain):
        return 202 if isinstance(error, StillWorking) else 503
    code = as_refusal(error).code
    # A permanent trouble of ours (a key is missing, content was altered) is a server error unless it is named above.
    mine = isinstance(error, PersonMustAct) and not isinstance(error, Refusal)
    return STATUS.get(code, 500 if mine else 409)


def as_refusal(error: Exception) -> PersonMustAct:
    """The same trouble with a code that has a text."""
    if isinstance(error, PersonMustAct):
        # The last wrong PIN leaves nothing to try again with: what helps is another PIN.
        spent = SPENT.get(error.code) if error.params.get("left") == 0 else None
        return Refusal(spent, **error.params) if spent else error
    if isinstance(error, DatabaseUnavailable):
        return Refusal("database_unavailable")
    if isinstance(error, TryAgain):
        return Refusal("still_working" if isinstance(error, StillWorking) else "engine_unavailable")
    if isinstance(error, RequestValidationError):
        return Refusal("request_invalid")
    if isinstance(error, HTTPException):
        return Refusal(_HTTP_CODES.get(error.status_code, "bad_request"))
    return Refusal("internal")


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
        body["errors"] = field_errors(error)
    return JSONResponse(body, status, _headers(error, status, language), MEDIA_TYPE)


def field_errors(error: RequestValidationError) -> list[dict[str, str]]:
    """What is wrong with each part of a request, by JSON Pointer (RFC 6901). What was sent is not repeated."""
    return [
        {
            "pointer": "/" + "/".join(_escaped(part) for part in fault["loc"]),
            "code": fault["type"],
            "detail": fault["msg"],
        }
        for fault in error.errors()[:50]
    ]


def _escaped(part: object) -> str:
    return str(part)[:100].replace("~", "~0").replace("/", "~1")


def _headers(error: Exception, status: int, language: str) -> dict[str, str]:
    headers = {"Content-Language": language}
    if isinstance(error, TryAgain):
        headers["Retry-After"] = str(next(RETRY_AFTER[kind] for kind in RETRY_AFTER if isinstance(error, kind)))
    elif status == 429 and isinstance(error, PersonMustAct):
        headers["Retry-After"] = str(error.params.get("seconds", 60))
    elif status == 503 or (isinstance(error, Refusal) and error.code == "request_in_progress"):
        headers["Retry-After"] = "1"
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="estrado"'  # standard: RFC 9110 15.5.2
    if isinstance(error, HTTPException) and error.headers and "Allow" in error.headers:
        headers["Allow"] = error.headers["Allow"]
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
