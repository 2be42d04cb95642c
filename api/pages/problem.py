"""What people read when something was refused or failed: the rule, why, what to do now. Never a code alone."""

from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.commands.faults import faults_of
from api.http.cookies import session_cookie, wipe
from api.http.problems import NotSignedIn, as_refusal, problem_text, status_of
from api.pages.again import Fault, painted_again
from api.pages.rendering import STAFF_PLACES, PageContext, first, page_context, render
from domain.errors import PersonMustAct, TryAgain
from domain.languages import DEFAULT_LANGUAGE
from domain.refusals.requests import FIELD_INVALID
from templates.texts import has_text, text

PROBLEM_HEADERS = {"HX-Retarget": "#problem", "HX-Reswap": "innerHTML", "HX-Reselect": "#problem-box"}
"""What was typed stays on the page: only the explanation is put above it."""

ABOUT = {
    "date_in_the_past": "new_date", "id_letter_wrong": "document_number", "id_number_differs": "document_number",
    "account_of_other_body": "body", "body_not_competent": "body", "body_unknown": "body", "date_too_far": "new_date",
    "held_too_late": "new_date", "nobody_to_take_the_seat": "body", "not_served_here": "body",
    "office_unknown": "office", "requested_too_late": "new_date", "summoned_too_late": "new_date",
    "seat_reserved": "body", "summoned_with_little_notice": "new_date", "terms_not_yours_to_shorten": "new_date",
    "type_not_at_body": "body",
    "type_not_at_office": "office", "outcome_against_signed": "despite", "outside_working_time": "new_date",
    "ends_after_closing": "new_date",
    "password_guessable": "new_password", "password_too_short": "new_password",
    "pin_wrong": "pin", "sign_in_refused": "password", "summons_code_unknown": "code", "will_not_explicit": "explicit",
}  # fmt: skip
"""The field that a rule's refusal is about, where the refusal does not name it: the page marks it."""


async def problem_page(request: Request, error: Exception) -> Response:
    """The page of a problem, or for htmx the box that is put on the page where it happened."""
    if isinstance(error, NotSignedIn):
        return _to_the_door(request)
    refusal = as_refusal(error)
    context = await _look(request)
    status = status_of(error)
    told = {
        "refusal": problem_text(refusal, context.language),
        "field": _field(refusal),
        "faults": [_fault(as_refusal(fault), context) for fault in faults_of(error) if _field(as_refusal(fault))],
        "ours": status >= 500 or isinstance(error, TryAgain),
        "saved": getattr(request.state, "saved", None),
    }
    if status < 500 and (again := await painted_again(request, context, status, told)):
        return again
    html = render(
        "problem.html",
        context,
        **told,
        back=getattr(request.state, "way_back", "") or _way_back(context),
        path=request.url.path if request.method == "GET" else "/",
    )
    headers = dict(PROBLEM_HEADERS)
    if isinstance(error, TryAgain) or refusal.code == "request_in_progress":
        headers["Retry-After"] = "1"
    return HTMLResponse(html, status, headers)


def _field(refusal: PersonMustAct) -> str:
    return str(refusal.params.get("field") or ABOUT.get(refusal.code, ""))


def _fault(refusal: PersonMustAct, context: PageContext) -> Fault:
    shape = f"pages.problem.shape_{refusal.params.get('kind')}"
    if refusal.code == FIELD_INVALID.code and has_text(shape):
        return Fault(_field(refusal), text(shape, context.language))
    words = problem_text(refusal, context.language)
    return Fault(_field(refusal), words.next or words.title)


def _way_back(context: PageContext) -> str:
    """The first page of whoever was refused something."""
    if context.role != "staff":
        return "/citizen" if context.role == "citizen" else "/"
    if {"clerk", "official", "auditor"} & set(context.roles):
        return "/board"
    return "/desk" if "office" in context.roles else "/administration"


async def _look(request: Request) -> PageContext:
    try:
        return await page_context(request)
    except Exception:
        administrations = request.app.state.ports.administrations
        return PageContext(DEFAULT_LANGUAGE, administrations[first(administrations)])


def _to_the_door(request: Request) -> Response:
    """To where people identify themselves, who are told why, and come back to the page they were on."""
    if request.url.path.startswith(STAFF_PLACES):
        was_at = (
            urlsplit(request.headers.get("hx-current-url", "")).path if request.method != "GET" else request.url.path
        )
        goal = f"/staff?next={quote(was_at)}" if was_at.startswith(STAFF_PLACES) else "/staff"
    else:
        goal = "/code?again=1"
    if "hx-request" in request.headers:
        return _wiped(request, Response(status_code=200, headers={"HX-Redirect": goal}))
    return _wiped(request, RedirectResponse(goal, status_code=303))


def _wiped(request: Request, response: Response) -> Response:
    """A session that ended by itself leaves no more behind than one that somebody left."""
    settings = request.app.state.settings
    if session_cookie(settings) in request.cookies:
        wipe(response, settings)
    return response


def install(app: FastAPI) -> None:
    app.state.problem_page = problem_page
