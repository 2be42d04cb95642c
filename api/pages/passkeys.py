"""The passkeys of whoever is signed in: one more, or one less. For both the password is typed again, or the account of
the Administration is shown again."""

import json
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response
from fastapi.responses import JSONResponse

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, requires
from api.deps import PortsDep, SettingsDep
from api.http.problems import NotFound
from api.pages.rendering import back_to, page, page_context
from api.ports import Ports, now
from api.services.accounts_shown import confirm_shown
from api.services.passkeys import (
    LONGEST_ANSWER,
    LONGEST_LABEL,
    AskedOfBrowser,
    RelyingParty,
    ask_new_passkey,
    ask_to_sign,
    finish_enrolment,
)
from domain.access.accounts import LONGEST_PASSWORD
from domain.access.accounts_shown import PASSKEYS
from domain.access.passkeys import PasskeyPurpose
from domain.errors import Refusal
from domain.refusals.access import PASSKEY_LAST
from settings import ApiSettings

router = APIRouter(include_in_schema=False)

OWN = [requires(Permission.MANAGE_OWN_ACCOUNT), limited("password", 30)]
SHA256 = "^[0-9a-f]{64}$"
PasswordField = Annotated[str, Form(max_length=LONGEST_PASSWORD)]
ShownField = Annotated[bool, Form()]
"""In place of the password, the account of the Administration was shown again at its provider."""
KeyField = Annotated[str, Form(max_length=80)]


async def passkey_page(
    request: Request, settings: ApiSettings, asked: AskedOfBrowser, *, to: str, next: str = ""
) -> Response:
    """Asks the browser; under a number instead of a name, where no passkey serves, it leads to the name."""
    party = RelyingParty.of(settings)
    elsewhere = "" if request.headers.get("host") == party.netloc else party.origin
    context = await page_context(request)
    return page(request, "passkey.html", context, asked=asked, to=to, next=next, elsewhere=elsewhere)


@router.post("/account/passkeys", dependencies=OWN)
async def begin_own_passkey(
    request: Request,
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    password: PasswordField = "",
    account_shown: ShownField = False,
    key: KeyField = "",
) -> Response:
    await _shown_again(ports, session, password, key if account_shown else None)
    asked = await ask_new_passkey(ports, settings, session.account, PasskeyPurpose.FURTHER)
    return await passkey_page(request, settings, asked, to="/account/passkeys/new")


@router.post("/account/passkeys/new", dependencies=OWN)
async def keep_own_passkey(
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    step: Annotated[str, Form(max_length=80)] = "",
    credential: Annotated[str, Form(max_length=LONGEST_ANSWER)] = "",
    label: Annotated[str, Form(max_length=LONGEST_LABEL)] = "",
) -> Response:
    await finish_enrolment(ports, settings, session.account, step, credential, label)
    return back_to("/account", enrolled="1")


@router.post("/account/passkeys/{passkey}/remove", dependencies=OWN)
async def remove_own_passkey(
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    passkey: Annotated[str, Path(max_length=1400)],
    password: PasswordField = "",
    account_shown: ShownField = False,
    key: KeyField = "",
) -> Response:
    await _shown_again(ports, session, password, key if account_shown else None)
    await _remove(ports, settings, session, passkey)
    return back_to("/account")


@router.post("/account/passkeys/signature", dependencies=OWN)
async def ask_passkey_for_signature(
    session: Staff,
    ports: PortsDep,
    settings: SettingsDep,
    document: Annotated[str, Form(pattern=SHA256)] = "",
) -> JSONResponse:
    """For the script of the form: the options for the browser, and the step that its answer belongs to."""
    asked = await ask_to_sign(ports, settings, session.account, document)
    return JSONResponse({"step": asked.step, "options": json.loads(asked.options)})


async def _shown_again(ports: Ports, session: Staff, password: str, key: str | None) -> None:
    """`key`: of a request before which the account of the Administration was shown; None: the password is. Raises the
    refusal of that way."""
    if key is None:
        await ports.accounts.confirm(session.account.id, session.id, password, now())
    else:
        await confirm_shown(ports, session, PASSKEYS, key)


async def _remove(ports: Ports, settings: ApiSettings, session: Staff, passkey: str) -> None:
    known = await ports.passkeys.of(session.account.id)
    if passkey not in {one.id for one in known}:
        raise NotFound()
    if settings.require_passkeys and len(known) == 1:
        raise Refusal(PASSKEY_LAST)
    await ports.passkeys.remove(session.account.id, passkey, now())
