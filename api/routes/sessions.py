"""Members of staff: signing in and out, and showing the password again before an act that wants it."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from api.access.permissions import Permission
from api.access.session import CitizenSession, Somebody, Staff, StaffSession, keep_session, requires, wipe
from api.deps import ThePartsOf, TheSettings
from api.http.idempotency import IdempotentRoute
from api.http.limits import limited
from api.http.problems import NotSignedIn
from api.parts import Parts, now
from api.views.shapes import Me, Password, SignedIn, SignIn, me_of
from domain.access.accounts import Account
from domain.errors import Refusal

router = APIRouter(tags=["sessions"], route_class=IdempotentRoute)


@router.post(
    "/sessions",
    status_code=201,
    summary="Sign in as a member of staff",
    dependencies=[requires(Permission.SIGN_IN), limited("sign-in", "30/minute")],
)
async def sign_in(body: SignIn, parts: ThePartsOf, settings: TheSettings, response: Response) -> SignedIn:
    account = await parts.accounts.authenticate(body.login, body.password.get_secret_value(), now())
    opened = await parts.sessions.open_staff(account.id, now())
    keep_session(response, settings, opened)
    return SignedIn(csrf=opened.session.csrf, account=account, ends_at=opened.session.ends_at)


@router.get("/sessions/current", summary="Who is signed in here")
async def read_session(who: Annotated[Somebody, requires(Permission.USE_SESSION)]) -> Me:
    return me_of(who)


@router.post(
    "/sessions/current/authentication",
    summary="Show the password again",
    dependencies=[requires(Permission.CONFIRM_PASSWORD), limited("password", "30/minute")],
)
async def confirm_password(
    body: Password, session: Staff, parts: ThePartsOf, settings: TheSettings, response: Response
) -> SignedIn:
    await password_shown(parts, session, body.password.get_secret_value())
    opened = await parts.sessions.rotate(session.token, now())
    if opened is None:
        raise NotSignedIn()
    keep_session(response, settings, opened)
    return SignedIn(csrf=opened.session.csrf, account=session.account, ends_at=opened.session.ends_at)


@router.delete("/sessions/current", status_code=204, summary="Sign out")
async def sign_out(
    request: Request, who: Annotated[Somebody, requires(Permission.USE_SESSION)], settings: TheSettings
) -> Response:
    response = Response(status_code=204)
    await end_session(request, who)
    wipe(response, settings)
    return response


async def end_session(request: Request, who: Somebody) -> None:
    """End the session on the server, and every page that follows with it."""
    if isinstance(who, StaffSession | CitizenSession):
        parts: Parts = request.app.state.parts
        await parts.sessions.end(who.token)
        request.app.state.changes.end_session(who.id)


async def password_shown(parts: Parts, session: StaffSession, password: str) -> Account:
    """The account, when it is that person's password. The login is the e-mail address.

    Raises `Refusal('sign_in_refused')` or `Refusal('sign_in_locked')`, as at the door.
    """
    account = await parts.accounts.authenticate(session.account.email, password, now())
    if account.id != session.account.id:
        raise Refusal("sign_in_refused")
    return account
