"""Who is asking: a member of staff, a citizen with a summons, a regional system, or nobody in particular.

Cookies hold random tokens and nothing else. Every unsafe request of a session has to show that our own page sent it.
"""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request

from api.access.machine import Machine, key_shown
from api.access.permissions import CallerKind, Permission, permits
from api.http.cookies import device_cookie, keep_device, keep_language, keep_session, session_cookie, wipe
from api.http.problems import NotPermitted, NotSignedIn, language_of
from api.ports import Ports, now
from domain.access.accounts import Account, Device, Session, SessionKind
from domain.commands import Author
from domain.errors import Refusal
from domain.ids import OfficeId, ParticipantId, ProcedureId
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.refusals.access import REQUEST_NOT_OURS
from domain.rules.seats import is_vacant

__all__ = [
    "Anonymous",
    "Caller",
    "Citizen",
    "CitizenSession",
    "Machine",
    "RequirePermission",
    "Staff",
    "StaffSession",
    "author_of",
    "caller_of",
    "enrolled_device",
    "keep_device",
    "keep_language",
    "keep_session",
    "refuse_forgery",
    "requires",
    "seat_of",
    "wipe",
]

SAFE = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class StaffSession:
    id: str
    account: Account
    csrf: str = field(repr=False)
    token: str = field(repr=False)
    authenticated_at: datetime
    reason: str | None = None
    """Why an auditor opens what is in the procedure of the request."""
    previous_access_at: datetime | None = None
    """When they signed in before (ENS op.acc.6)."""

    @property
    def ref(self) -> str:
        return self.account.id

    @property
    def language(self) -> str:
        return self.account.locale

    @property
    def kinds(self) -> frozenset[CallerKind]:
        return frozenset({CallerKind(role.value) for role in self.account.roles} | {CallerKind.ANYONE})


@dataclass(frozen=True)
class CitizenSession:
    id: str
    procedure: ProcedureId
    participant: ParticipantId
    device: Device | None
    csrf: str = field(repr=False)
    token: str = field(repr=False)
    language: str

    kinds = frozenset({CallerKind.CITIZEN, CallerKind.ANYONE})

    @property
    def office(self) -> OfficeId | None:
        """The office of the enrolled computer; None on the person's own."""
        return self.device.office if self.device else None

    @property
    def ref(self) -> str:
        return f"{self.procedure}/{self.participant}"


@dataclass(frozen=True)
class Anonymous:
    kinds = frozenset({CallerKind.ANYONE})
    ref = "anyone"


Caller = StaffSession | CitizenSession | Machine | Anonymous


class RequirePermission:
    """The dependency that every route declares: finds out who asks, and refuses whom the matrix does not permit."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    async def __call__(self, request: Request) -> Caller:
        """Raises `NotSignedIn`, `NotPermitted`, `Refusal('request_not_ours')`."""
        who = await self.refuse_stranger(request)
        await self.refuse_forgery(request, who)
        return who

    async def refuse_stranger(self, request: Request) -> Caller:
        """Who asks, found out without reading the body. Raises `NotSignedIn`, `NotPermitted`."""
        who = await caller_of(request)
        if not permits(self.permission, who.kinds):
            raise NotSignedIn() if isinstance(who, Anonymous) else NotPermitted()
        return who

    async def refuse_forgery(self, request: Request, who: Caller) -> None:
        """Raises `Refusal('request_not_ours')` where another site's page asks."""
        await refuse_forgery(request, who)


def requires(permission: Permission) -> Any:
    """`dependencies=[requires(Permission.X)]`, or `who: Annotated[Caller, requires(Permission.X)]`."""
    return Depends(RequirePermission(permission))


async def staff(request: Request) -> StaffSession:
    """The signed-in member of staff. Raises `NotSignedIn`."""
    who = await caller_of(request)
    if not isinstance(who, StaffSession):
        raise NotSignedIn()
    return who


async def citizen(request: Request) -> CitizenSession:
    """The citizen at this computer. Raises `NotSignedIn`."""
    who = await caller_of(request)
    if not isinstance(who, CitizenSession):
        raise NotSignedIn()
    return who


Staff = Annotated[StaffSession, Depends(staff)]
Citizen = Annotated[CitizenSession, Depends(citizen)]


async def caller_of(request: Request) -> Caller:
    """Who asks, found out once a request. Raises `Refusal('api_key_refused')` for a wrong key or token."""
    if not hasattr(request.state, "caller"):
        request.state.caller = await _find_caller(request)
    who: Caller = request.state.caller
    return who


async def _find_caller(request: Request) -> Caller:
    ports: Ports = request.app.state.ports
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return Machine(await key_shown(request, ports, key.strip()), ports.id_keys())
    token = request.cookies.get(session_cookie(request.app.state.settings))
    session = await ports.sessions.find(token, now()) if token else None
    if token is None or session is None:
        return Anonymous()
    return await _of_session(request, ports, session, token)


async def _of_session(request: Request, ports: Ports, session: Session, token: str) -> Caller:
    if session.kind is SessionKind.STAFF:
        account = await ports.accounts.get(session.account) if session.account else None
        if account is None or not account.active:
            return Anonymous()
        return StaffSession(
            session.id, account, session.csrf, token, session.authenticated_at,
            previous_access_at=session.previous_access_at,
        )  # fmt: skip
    seat = session.seat
    assert seat is not None
    device = await enrolled_device(request) if seat.device else None
    if seat.device and (device is None or device.id != seat.device):
        return Anonymous()  # the cookie left the computer at which the person sat down
    return CitizenSession(
        session.id, seat.procedure, seat.participant, device, session.csrf, token, language_of(request)
    )


async def refuse_forgery(request: Request, who: Caller) -> None:
    """Standard: OWASP ASVS 5.0 V3.5. Another site's page may not act for whoever is signed in here."""
    if request.method in SAFE or isinstance(who, Machine):
        return
    origin = request.headers.get("origin")
    hosts = {request.headers.get("host", ""), urlsplit(request.app.state.settings.public_url).netloc}
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if foreign or (origin is not None and urlsplit(origin).netloc not in hosts):
        raise Refusal(REQUEST_NOT_OURS)
    if isinstance(who, Anonymous):
        return
    shown = request.headers.get("x-csrf-token") or await _csrf_field(request)
    if not hmac.compare_digest(shown.encode(), who.csrf.encode()):
        raise Refusal(REQUEST_NOT_OURS)


async def _csrf_field(request: Request) -> str:
    if "form" not in request.headers.get("content-type", ""):
        return ""
    return str((await request.form()).get("csrf", ""))


async def enrolled_device(request: Request) -> Device | None:
    """The office computer that asks, if it is one."""
    token = request.cookies.get(device_cookie(request.app.state.settings))
    device: Device | None = await request.app.state.ports.devices.find(token) if token else None
    return device


def author_of(session: StaffSession | CitizenSession, procedure: Procedure) -> Author:
    """Who a command is from: the seat that the session has in this procedure, never what a request says.

    `session` as `with_entitled_roles` made it: with the roles that count here.
    """
    if isinstance(session, CitizenSession):
        return Author(participant=session.participant, office=session.office, session=session.id)
    account = session.account
    seat = seat_of(account, procedure)
    expected_from = {person.office for person in procedure.participants}
    offices = [office for office in account.offices if office in expected_from] or list(account.offices)
    return Author(
        participant=seat.id if seat else None,
        account=account.id,
        staff_roles=account.roles,
        office=offices[0] if offices else None,
    )


def seat_of(account: Account, procedure: Procedure) -> Participant | None:
    """The participant who is this account, or the free seat of the authority that its roles here may take."""

    def fitting(people: Iterable[Participant]) -> Participant | None:
        return next((p for p in people if account.has(*procedure.role_of(p).account_roles)), None)

    own = next((person for person in procedure.participants if person.account == account.id), None)
    free = fitting(person for person in procedure.participants if person.account is None)
    # Last: a seat of somebody whose it may no longer be, for what the act turned out to be about.
    return own or free or fitting(person for person in procedure.participants if is_vacant(procedure, person))
