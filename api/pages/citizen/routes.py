"""The citizen's screens: sitting down with a code, four steps, the room, and leaving nothing behind."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response
from markupsafe import Markup

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Citizen, caller_of, enrolled_device, keep_language, keep_session, requires, wipe
from api.commands import sitting_down
from api.deps import GatewayDep, PortsDep, SettingsDep
from api.http.cookies import LANGUAGE_COOKIE
from api.pages.citizen.view import STEPS, WARNINGS_VERSION, at_the_end, citizen_view, step_of
from api.pages.rendering import back_to, page, page_context
from api.ports import now
from api.services.access_log import record_access
from api.services.signing_in import end_session
from templates.catalogues import LANGUAGES_WITH_WORDS

router = APIRouter(include_in_schema=False)

COUNTDOWN = 120
"""Seconds after which the last page wipes the session, unless the person asks for more (WCAG 2.2.1)."""


@router.get("/", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_welcome(request: Request) -> Response:
    return page(request, "welcome.html", await page_context(request), where="welcome")


@router.get("/code", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_code_page(
    request: Request, code: Annotated[str, Query(max_length=40)] = "", again: bool = False
) -> Response:
    """`again`: the session of whoever was here has ended."""
    return page(request, "welcome.html", await page_context(request), where="code", code=code, again=again)


@router.get("/help", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_help_page(request: Request) -> Response:
    device = await enrolled_device(request)
    called = device is not None and device.calls_since is not None
    return page(request, "welcome.html", await page_context(request), where="help", called=called)


@router.get("/check", dependencies=[requires(Permission.READ_PUBLIC)])
async def read_check_page(request: Request) -> Response:
    """Camera, microphone, speaker and network before the day, for anybody; nothing of it is kept."""
    return page(request, "check.html", await page_context(request))


@router.get("/check/echo", dependencies=[requires(Permission.READ_PUBLIC), limited("check-echo", 60)])
async def echo() -> Response:
    """Nothing, as quickly as can be: what comes back tells how far the server is."""
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.post("/help", dependencies=[requires(Permission.SIGN_IN), limited("call-office", 6)])
async def call_office(request: Request, ports: PortsDep) -> Response:
    """For whoever sits at a computer of an office and cannot show a summons: the desk is told which computer it is."""
    if (device := await enrolled_device(request)) is not None:
        await ports.devices.call_office(device.id, now())
    return back_to("/help")


@router.get("/language/{language}", dependencies=[requires(Permission.READ_PUBLIC)])
async def choose_language(
    language: Annotated[str, Path(pattern=f"^({'|'.join(LANGUAGES_WITH_WORDS)})$")],
    settings: SettingsDep,
    back: Annotated[str, Query(max_length=300)] = "/",
) -> Response:
    local = back.startswith("/") and not back.startswith("//") and "\\" not in back
    response = back_to(back if local else "/")
    keep_language(response, settings, language)
    return response


@router.post("/code", dependencies=[requires(Permission.SIGN_IN), limited("summons-code", 10)])
async def sit_down(
    request: Request,
    gateway: GatewayDep,
    settings: SettingsDep,
    code: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    opened = await sitting_down.sit_down(request, code)
    response = back_to("/citizen")
    keep_session(response, settings, opened)
    seat = opened.session.seat
    if seat and LANGUAGE_COOKIE not in request.cookies:
        person = (await gateway.progress(seat.procedure)).procedure.participant(seat.participant)
        keep_language(response, settings, person.language)
    return response


@router.get("/citizen", dependencies=[requires(Permission.USE_SESSION)])
async def read_own_step(session: Citizen, gateway: GatewayDep) -> Response:
    """To the step at which this person is."""
    state = (await gateway.progress(session.procedure)).procedure
    return back_to(f"/citizen/{step_of(state, state.participant(session.participant), session.id)}")


@router.get("/citizen/{step}", dependencies=[requires(Permission.USE_SESSION)])
async def read_step(
    request: Request,
    step: Annotated[str, Path(pattern="^(start|warnings|equipment|room|end)$")],
    session: Citizen,
    gateway: GatewayDep,
    ports: PortsDep,
    settings: SettingsDep,
) -> Response:
    progress = await gateway.progress(session.procedure)
    state = progress.procedure
    person = state.participant(session.participant)
    due = step_of(state, person, session.id)
    order = (*STEPS, "end")
    # Nobody skips a step; going back to read again is always possible, except from the end.
    too_early = order.index(step) > order.index(due) and not (step == "room" and due == "equipment")
    if too_early or (at_the_end(state, person) and step != "end"):
        return back_to(f"/citizen/{due}")
    if step == "start" and due != "start" and "again" not in request.query_params:
        return back_to(f"/citizen/{due}")
    if (row := await ports.register.get(session.procedure)) is not None:
        await record_access(ports, session, row, "step")
    context = (await page_context(request)).held_at(state.office)
    view = citizen_view(state, person, step, context)
    qr = Markup(ports.qr(f"{settings.public_url}/verificar/{view.csv}")) if view.csv else ""  # noqa: S704 - drawn by us
    return page(
        request, f"citizen_{step}.html", context, seq=progress.seq, shown=view, text_version=WARNINGS_VERSION,
        countdown=COUNTDOWN, qr=qr,
    )  # fmt: skip


@router.post("/leave", dependencies=[requires(Permission.READ_PUBLIC)])
async def leave(request: Request, settings: SettingsDep) -> Response:
    """Ends the session here and wipes what the browser keeps."""
    await end_session(request, await caller_of(request))
    response = back_to("/")
    wipe(response, settings)
    return response
