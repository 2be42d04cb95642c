"""Who sits at this computer: a seat taken with the code of a summons, a session that ends."""

from fastapi import Request

from api.access.session import Caller, CitizenSession, StaffSession
from api.http.problems import NotSignedIn
from api.ports import Ports, now
from domain.access.accounts import Device, OpenedSession, Seat
from domain.access.passwords import refuse_weak_password
from domain.codes.pins import summons_code_hmac
from domain.errors import Refusal
from domain.ids import AccountId
from domain.refusals.access import SUMMONS_CODE_UNKNOWN


async def start_citizen_session(ports: Ports, code: str, device: Device | None) -> OpenedSession:
    """A session for whoever holds `code`, bound to the seat and to the office computer if it is one.

    Raises `Refusal('summons_code_unknown')`, whatever the reason: nobody learns which codes exist.
    """
    seat = await ports.register.by_summons_code(summons_code_hmac(ports.secret, code))
    row = await ports.register.get(seat.procedure) if seat else None
    if seat is None or row is None or row.stage.ended:
        raise Refusal(SUMMONS_CODE_UNKNOWN)
    at_office = device is not None and device.administration == row.administration
    seat = Seat(
        procedure=seat.procedure, participant=seat.participant, device=device.id if device and at_office else None
    )
    return await ports.sessions.open_citizen(seat, now())


async def end_session(request: Request, who: Caller) -> None:
    """End the session on the server, and every page that follows with it: when somebody leaves, or another comes."""
    if isinstance(who, StaffSession | CitizenSession):
        ports: Ports = request.app.state.ports
        await ports.sessions.end(who.token)
        request.app.state.changes.end_session(who.id)


async def end_sessions(
    request: Request, account: AccountId, *, only: str | None = None, but: str | None = None
) -> list[str]:
    """As `Sessions.end_of_account`, and end every page that follows with them."""
    ports: Ports = request.app.state.ports
    ended = await ports.sessions.end_of_account(account, only=only, but=but)
    for session in ended:
        request.app.state.changes.end_session(session)
    return ended


async def change_password(request: Request, who: StaffSession, old: str, new: str) -> OpenedSession:
    """The session goes on under a new token, every other one of the account ends (ASVS 5.0 7.4.3).

    Raises `Refusal`: what `AccountStore.confirm` and `refuse_weak_password` do.
    """
    ports: Ports = request.app.state.ports
    await ports.accounts.confirm(who.account.id, who.id, old, now())
    refuse_weak_password(new, who.account)
    await ports.accounts.change_password(who.account.id, new)
    await end_sessions(request, who.account.id, but=who.id)
    opened = await ports.sessions.rotate(who.token, now())
    if opened is None:
        raise NotSignedIn()
    return opened
