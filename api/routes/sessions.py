"""Members of staff: signing in and out, and showing the password again before an act that wants it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.description import refused
from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Caller, Staff, caller_of, keep_session, requires, wipe
from api.deps import PortsDep, SettingsDep
from api.http.cookies import keep_browser, provider_cookie
from api.http.problems import NotSignedIn
from api.ports import Ports, now
from api.services.account_providers import refuse_password
from api.services.accounts_shown import begin_again
from api.services.idempotency import IdempotentRoute
from api.services.signing_in import end_session
from api.views.shapes import AccountProviderAddress, Me, Password, SignedIn, SignIn, ToSign, me_of
from domain.access.accounts import Account
from domain.errors import Refusal
from domain.refusals.access import PASSKEY_NEEDED
from settings import ApiSettings

router = APIRouter(tags=["sessions"], route_class=IdempotentRoute)


@router.post(
    "/sessions",
    status_code=201,
    summary="Sign in as a member of staff",
    dependencies=[requires(Permission.SIGN_IN), limited("sign-in", 30)],
)
async def sign_in(
    request: Request, body: SignIn, ports: PortsDep, settings: SettingsDep, response: Response
) -> SignedIn:
    account = await ports.accounts.authenticate(body.login, body.password.get_secret_value(), now())
    await _password_is_enough(ports, settings, account)
    await end_session(request, await caller_of(request))
    opened = await ports.sessions.open_staff(account.id, now())
    keep_session(response, settings, opened)
    return SignedIn(csrf=opened.session.csrf, account=account, ends_at=opened.session.ends_at)


async def _password_is_enough(ports: Ports, settings: ApiSettings, account: Account) -> None:
    """Once the password was right. Raises the refusal of whatever else has to be shown."""
    refuse_password(settings, account)
    if settings.require_passkeys or await ports.passkeys.of(account.id):
        raise Refusal(PASSKEY_NEEDED)


@router.get("/sessions/current", summary="Who is signed in here")
async def read_session(who: Annotated[Caller, requires(Permission.USE_SESSION)]) -> Me:
    return me_of(who)


@router.post(
    "/sessions/current/authentication",
    summary="Show the password again",
    dependencies=[requires(Permission.CONFIRM_PASSWORD), limited("password", 30)],
)
async def confirm_password(
    body: Password, session: Staff, ports: PortsDep, settings: SettingsDep, response: Response
) -> SignedIn:
    """As for signing in: whose account asks for a passkey too, or for that of their Administration, shows it on the
    pages of staff."""
    await ports.accounts.confirm(session.account.id, session.id, body.password.get_secret_value(), now())
    await _password_is_enough(ports, settings, session.account)
    opened = await ports.sessions.rotate(session.token, now())
    if opened is None:
        raise NotSignedIn()
    keep_session(response, settings, opened)
    return SignedIn(csrf=opened.session.csrf, account=session.account, ends_at=opened.session.ends_at)


@router.post(
    "/sessions/current/account-provider",
    summary="Show the account of one's Administration again",
    dependencies=[requires(Permission.CONFIRM_PASSWORD), limited("account-provider", 30)],
    responses=refused(404),
)
async def show_account(
    request: Request, body: ToSign, session: Staff, ports: PortsDep, settings: SettingsDep, response: Response
) -> AccountProviderAddress:
    """Open `address` in the browser that has this session. Once its person has come back from there, one signature of
    exactly that document may say `account_shown` in place of `password`, within five minutes. 404 for whoever has
    never signed in with such an account."""
    known, host = request.cookies.get(provider_cookie(settings), ""), request.headers.get("host", "")
    address, begun = await begin_again(ports, settings, session, body.sha256, known, host, "")
    keep_browser(response, settings, begun.browser)
    return AccountProviderAddress(address=address, ends_at=begun.ends_at)


@router.delete("/sessions/current", status_code=204, summary="Sign out")
async def sign_out(
    request: Request, who: Annotated[Caller, requires(Permission.USE_SESSION)], settings: SettingsDep
) -> Response:
    response = Response(status_code=204)
    await end_session(request, who)
    wipe(response, settings)
    return response
