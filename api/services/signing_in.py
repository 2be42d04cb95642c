"""Who sits at this computer: a seat taken with the code of a summons, a session that ends."""

from fastapi import Request

from api.access.session import Caller, CitizenSession, StaffSession
from api.access.visibility import citizens_read
from api.http.problems import NotFound, NotSignedIn
from api.ports import Ports, now
from domain.access.accounts import Account, Device, OpenedSession, Seat
from domain.access.passwords import refuse_weak_password
from domain.errors import Refusal
from domain.events import state_of
from domain.ids import AccountId
from domain.journal.register import RegisterRow
from domain.refusals.access import (
    SUMMONS_CANCELLED,
    SUMMONS_CANCELLED_BECAUSE,
    SUMMONS_CLOSED,
    SUMMONS_CODE_UNKNOWN,
    SUMMONS_NO_SHOW,
)
from domain.types.privacy import Detail
from domain.types.vocabulary import Stage
from templates.texts import cancellation


async def start_citizen_session(ports: Ports, code: str, device: Device | None, language: str) -> OpenedSession:
    """A session for whoever holds `code`, bound to the seat and to the office computer if it is one.

    Raises `Refusal('summons_code_unknown')`, and for a code whose act is over what became of it.
    """
    seat = await ports.summons.seat_of(code)
    row = await ports.register.get(seat.procedure) if seat else None
    if seat is None or row is None:
        raise Refusal(SUMMONS_CODE_UNKNOWN)
    if row.stage.ended:
        raise await _what_became(ports, row, language)
    at_office = device is not None and device.administration == row.administration
    seat = Seat(
        procedure=seat.procedure, participant=seat.participant, device=device.id if device and at_office else None
    )
    return await ports.sessions.open_citizen(seat, now())


async def _what_became(ports: Ports, row: RegisterRow, language: str) -> Refusal:
    """What the holder of a summons may know of it once nothing more happens; of a protected one, that it is over."""
    if row.stage is not Stage.CANCELLED:
        return Refusal(SUMMONS_NO_SHOW if row.stage is Stage.NO_SHOW else SUMMONS_CLOSED)
    reason = None
    if citizens_read(Detail.KIND, row.privacy) and row.private.people:
        reason = state_of(await ports.journal.read(row.procedure)).cancelled_because
    if reason is None:
        return Refusal(SUMMONS_CANCELLED)
    return Refusal(SUMMONS_CANCELLED_BECAUSE, reason=cancellation(reason, language).rstrip("."))


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


async def colleague(ports: Ports, who: StaffSession, account: str) -> Account:
    """Raises `NotFound` for an account of another Administration."""
    known = await ports.accounts.get(AccountId(account))
    if known is None or known.administration != who.account.administration:
        raise NotFound()
    return known


async def change_password(request: Request, who: StaffSession, old: str, new: str) -> OpenedSession:
    """The session goes on under a new token, every other one of the account ends (ASVS 5.0 7.4.3).

    Raises `Refusal`: what `AccountStore.confirm` and `refuse_weak_password` do.
    """
    ports: Ports = request.app.state.ports
    await ports.accounts.confirm(who.account.id, who.id, old, now())
    refuse_weak_password(new, who.account)
    await end_sessions(request, who.account.id, but=who.id)  # with their open pages; those opened since end with it
    await ports.account_keeping.change_password(who.account.id, new, who.id, now())
    opened = await ports.sessions.rotate(who.token, now())
    if opened is None:
        raise NotSignedIn()
    return opened
