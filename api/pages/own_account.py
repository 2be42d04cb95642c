"""The page on which members of staff change their password, and see and end their sessions."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, keep_session, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotFound
from api.pages.accounts_shown import ways_of
from api.pages.rendering import back_to, page, page_context
from api.ports import now
from api.services.signing_in import change_password, end_sessions
from domain.access.accounts import LONGEST_PASSWORD
from domain.access.passwords import SHORTEST_PASSWORD

router = APIRouter(include_in_schema=False)

OWN = requires(Permission.MANAGE_OWN_ACCOUNT)


@router.get("/account", dependencies=[OWN])
async def read_own_account(
    request: Request,
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    done: bool = False,
    enrolled: bool = False,
) -> Response:
    """`done`: the password was changed just now; `enrolled`: a passkey was."""
    sessions = await ports.sessions.of_account(session.account.id, now())
    passkeys = await ports.passkeys.of(session.account.id)
    shown: dict[str, Any] = {
        "sessions": sessions,
        "own": session.id,
        "passkeys": passkeys,
        "done": done,
        "enrolled": enrolled,
        **await ways_of(ports, settings, session),
    }
    return page(request, "account.html", await page_context(request), least=SHORTEST_PASSWORD, **shown)


@router.post("/account/password", dependencies=[OWN, limited("password", 30)])
async def change_own_password(
    request: Request,
    session: Staff,
    settings: SettingsDep,
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    new_password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
) -> Response:
    opened = await change_password(request, session, password, new_password)
    response = back_to("/account", done="1")
    keep_session(response, settings, opened)
    return response


@router.post("/account/sessions/{session_id}/end", dependencies=[OWN])
async def end_own_session(
    request: Request, session: Staff, session_id: Annotated[str, Path(max_length=80)]
) -> Response:
    if not await end_sessions(request, session.account.id, only=session_id):
        raise NotFound()
    return back_to("/account")
