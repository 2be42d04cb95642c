"""What people read when something was refused or failed: the rule, why, what to do now. Never a code alone."""

from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from api.errors import NotSignedIn, as_refusal, explained, status_of
from api.pages.painting import Look, first, look_of, paint
from domain.errors import TryAgain

PROBLEM_HEADERS = {"HX-Retarget": "#problem", "HX-Reswap": "innerHTML", "HX-Reselect": "#problem-box"}
"""What was typed stays on the page: only the explanation is put above it."""

STAFF_PLACES = ("/board", "/desk", "/administration", "/procedures")


async def problem_page(request: Request, error: Exception) -> Response:
    """The page of a problem, or for htmx the box that is put on the page where it happened."""
    if isinstance(error, NotSignedIn):
        return _to_the_door(request)
    refusal = as_refusal(error)
    look = await _look(request)
    status = status_of(error)
    html = paint(
        "problem.html",
        look,
        refusal=explained(refusal, look.language),
        ours=status >= 500 or isinstance(error, TryAgain),
        back="/board" if look.role == "staff" else "/citizen" if look.role == "citizen" else "/",
        path=request.url.path if request.method == "GET" else "/",
    )
    headers = dict(PROBLEM_HEADERS)
    if isinstance(error, TryAgain) or refusal.code == "request_in_progress":
        headers["Retry-After"] = "1"
    return HTMLResponse(html, status, headers)


async def _look(request: Request) -> Look:
    try:
        return await look_of(request)
    except Exception:
        administrations = request.app.state.parts.administrations
        return Look("es", administrations[first(administrations)])


def _to_the_door(request: Request) -> Response:
    staff = request.url.path.startswith(STAFF_PLACES)
    goal = (
        f"/staff?next={quote(request.url.path)}"
        if staff and request.method == "GET"
        else "/staff"
        if staff
        else "/code"
    )
    if "hx-request" in request.headers:
        return Response(status_code=200, headers={"HX-Redirect": goal})
    return RedirectResponse(goal, status_code=303)


def install(app: FastAPI) -> None:
    app.state.problem_page = problem_page
