"""Members of staff coming in and going out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import (
    StaffSession,
    caller_of,
    enrolled_device,
    keep_language,
    keep_session,
    requires,
    wipe,
)
from api.deps import PortsDep, SettingsDep
from api.http.cookies import LANGUAGE_COOKIE
from api.pages.passkeys import passkey_page
from api.pages.rendering import back_to, page, page_context, page_of_ours
from api.ports import now
from api.services.account_providers import offered, refuse_password, takes_passwords
from api.services.passkeys import LONGEST_ANSWER, LONGEST_LABEL, ask_passkey, finish_sign_in
from api.services.signing_in import end_session
from domain.access.accounts import LONGEST_PASSWORD, Account
from domain.ids import AdministrationId
from domain.types.vocabulary import StaffRole

router = APIRouter(include_in_schema=False)


@router.get("/staff", dependencies=[requires(Permission.SIGN_IN)])
async def read_sign_in(
    request: Request,
    ports: PortsDep,
    settings: SettingsDep,
    next: Annotated[str, Query(max_length=200)] = "",
    left: Annotated[str, Query(max_length=80)] = "",
    chosen: bool = False,
) -> Response:
    """`chosen`: a password was chosen just now."""
    device = await enrolled_device(request)
    return page(
        request,
        "sign_in.html",
        await page_context(request),
        next=next,
        chosen=chosen,
        providers=offered(ports, settings, device.administration if device else None),
        passwords=takes_passwords(ports, settings),
        left=ports.administrations.get(AdministrationId(left)) if left in settings.account_providers else None,
    )


@router.post("/staff", dependencies=[requires(Permission.SIGN_IN), limited("sign-in", 30)])
async def sign_in(
    request: Request,
    ports: PortsDep,
    settings: SettingsDep,
    login: Annotated[str, Form(max_length=254)] = "",
    password: Annotated[str, Form(max_length=LONGEST_PASSWORD)] = "",
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    account = await ports.accounts.authenticate(login, password, now())
    refuse_password(settings, account)
    asked = await ask_passkey(ports, settings, account)
    if asked is not None:
        return await passkey_page(request, settings, asked, to="/staff/passkey", next=next)
    return await enter(request, ports, settings, account, next)


@router.post("/staff/passkey", dependencies=[requires(Permission.SIGN_IN), limited("sign-in", 30)])
async def show_passkey(
    request: Request,
    ports: PortsDep,
    settings: SettingsDep,
    step: Annotated[str, Form(max_length=80)] = "",
    credential: Annotated[str, Form(max_length=LONGEST_ANSWER)] = "",
    label: Annotated[str, Form(max_length=LONGEST_LABEL)] = "",
    next: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    account = await finish_sign_in(ports, settings, step, credential, label)
    return await enter(request, ports, settings, account, next)


async def enter(request: Request, ports: PortsDep, settings: SettingsDep, account: Account, next: str) -> Response:
    """Open a session, and lead to `next`, where that is a page of theirs."""
    await end_session(request, await caller_of(request))
    opened = await ports.sessions.open_staff(account.id, now())
    response = back_to(page_of_ours(next) or home_of(account))
    keep_session(response, settings, opened)
    if LANGUAGE_COOKIE not in request.cookies:
        keep_language(response, settings, account.locale)
    return response


@router.post("/staff/out", dependencies=[requires(Permission.USE_SESSION)])
async def sign_out(request: Request, settings: SettingsDep) -> Response:
    who = await caller_of(request)
    await end_session(request, who)
    mine = who.account.administration if isinstance(who, StaffSession) else ""
    response = back_to("/staff", left=mine if mine in settings.account_providers else "")
    wipe(response, settings)
    return response


def home_of(account: Account) -> str:
    """The page on which that person's work is."""
    if account.has(StaffRole.CLERK, StaffRole.OFFICIAL, StaffRole.AUDITOR):
        return "/board"
    return "/desk" if account.has(StaffRole.OFFICE) else "/administration"
