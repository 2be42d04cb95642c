"""One's own password and sessions; for administrators, the sessions of others."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field, SecretStr

from api.access.limits import limited
from api.access.permissions import Permission
from api.access.session import Staff, keep_session, requires
from api.deps import PortsDep, SettingsDep
from api.http.openapi import RequestBody, example
from api.http.problems import NotFound
from api.ports import now
from api.services.idempotency import IdempotentRoute
from api.services.signing_in import change_password, colleague, end_sessions
from api.views.shapes import A_PASSWORD, SignedIn
from domain.access.accounts import LONGEST_PASSWORD
from domain.access.passwords import SHORTEST_PASSWORD
from domain.base import Value

router = APIRouter(tags=["sessions"], route_class=IdempotentRoute)

ANOTHER = "tres palabras sin sentido"

OWN = requires(Permission.MANAGE_OWN_ACCOUNT)


class NewPassword(RequestBody):
    model_config = example(password=A_PASSWORD, new_password=ANOTHER)
    password: SecretStr = Field(min_length=1, max_length=LONGEST_PASSWORD)
    new_password: SecretStr = Field(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)


class OwnSession(Value):
    id: str
    opened_at: datetime
    last_seen_at: datetime
    current: bool
    """The one that asks."""


@router.post(
    "/sessions/current/password",
    summary="Change one's password",
    dependencies=[OWN, limited("password", 30)],
)
async def change_own_password(
    request: Request, body: NewPassword, session: Staff, settings: SettingsDep, response: Response
) -> SignedIn:
    """This session goes on under a new token; every other one of the account ends."""
    old, new = body.password.get_secret_value(), body.new_password.get_secret_value()
    opened = await change_password(request, session, old, new)
    keep_session(response, settings, opened)
    return SignedIn(csrf=opened.session.csrf, account=session.account, ends_at=opened.session.ends_at)


@router.get("/own-sessions", summary="One's sessions", dependencies=[OWN])
async def list_own_sessions(session: Staff, ports: PortsDep) -> tuple[OwnSession, ...]:
    found = await ports.sessions.of_account(session.account.id, now())
    return tuple(
        OwnSession(id=one.id, opened_at=one.opened_at, last_seen_at=one.last_seen_at, current=one.id == session.id)
        for one in found
    )


@router.delete(
    "/own-sessions/{session_id}",
    status_code=204,
    summary="End one of one's sessions",
    dependencies=[OWN],
)
async def end_own_session(
    request: Request, session: Staff, session_id: Annotated[str, Path(max_length=80, pattern=r"^ses_[0-9a-f]+$")]
) -> Response:
    if not await end_sessions(request, session.account.id, only=session_id):
        raise NotFound()
    return Response(status_code=204)


@router.delete(
    "/accounts/{account}/sessions",
    status_code=204,
    summary="End every session of an account",
    dependencies=[requires(Permission.END_SESSIONS)],
)
async def end_sessions_of_account(
    request: Request, session: Staff, ports: PortsDep, account: Annotated[str, Path(max_length=80)]
) -> Response:
    """For whoever lost a computer or leaves. They may sign in again while the account is in use."""
    await end_sessions(request, (await colleague(ports, session, account)).id)
    return Response(status_code=204)


@router.delete(
    "/accounts/{account}/passkeys",
    status_code=204,
    summary="Remove every passkey of an account",
    dependencies=[requires(Permission.REMOVE_PASSKEYS)],
)
async def remove_passkeys_of_account(
    request: Request, session: Staff, ports: PortsDep, account: Annotated[str, Path(max_length=80)]
) -> Response:
    """For whoever has lost theirs; their sessions end too, and a mail tells them. What is asked for at the next
    sign-in is the password, and a new passkey where the installation wants one: make sure who asks."""
    known = await colleague(ports, session, account)
    await end_sessions(request, known.id)
    await ports.passkeys.remove_all(known.id, session.account.id, now())
    return Response(status_code=204)


@router.delete(
    "/accounts/{account}/provider",
    status_code=204,
    summary="Forget whose an account is at the account provider",
    dependencies=[requires(Permission.REMOVE_PASSKEYS)],
)
async def forget_provider_subject(
    request: Request, session: Staff, ports: PortsDep, account: Annotated[str, Path(max_length=80)]
) -> Response:
    """For whoever was given another account at their Administration; their sessions end too, and a mail tells them.
    Whom the provider next names with the address of this account gets it: make sure who that is."""
    known = await colleague(ports, session, account)
    await end_sessions(request, known.id)
    await ports.sign_in_requests.unbind(known.id, session.account.id, now())
    return Response(status_code=204)
