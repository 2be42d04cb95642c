"""Sitting down with the code of a summons; whoever had arrived elsewhere arrives here, which the procedure is told."""

import logging

from fastapi import Request

from api.access.session import CitizenSession, caller_of, enrolled_device
from api.commands.json_forms import whereabouts
from api.deps import case_of, ports_of
from api.http.problems import language_of
from api.services.signing_in import end_session, start_citizen_session
from domain.access.accounts import OpenedSession
from domain.commands import CheckIn
from domain.errors import EstradoError
from domain.ids import CommandId
from domain.procedure.people import Presence

log = logging.getLogger("api")


async def sit_down(request: Request, code: str) -> OpenedSession:
    """A session at this computer for whoever holds `code`; the one of whoever sat here before ends.

    Raises as `start_citizen_session`.
    """
    device, before = await enrolled_device(request), await caller_of(request)
    opened = await start_citizen_session(ports_of(request), code, device, language_of(request))
    # Only now: a wrong code signs nobody out, and of a seat that is taken again the former session has just ended.
    await end_session(request, before)
    seat = opened.session.seat
    assert seat is not None
    at_office = device if seat.device else None
    who = CitizenSession(
        opened.session.id,
        seat.procedure,
        seat.participant,
        at_office,
        opened.session.csrf,
        opened.token,
        language_of(request),
    )
    try:
        await _arrive_again(request, who)
    except EstradoError as error:
        # Nothing is lost by it: until the procedure knows this session, no rule lets it do anything.
        log.warning("a session was opened that has not arrived yet", extra={"code": str(error)})
    return opened


async def _arrive_again(request: Request, who: CitizenSession) -> None:
    """Tell the procedure, where the person has arrived before. Whoever has not, says so with the button."""
    case = await case_of(request, who.procedure, who)
    procedure = (await case.progress()).procedure
    if procedure.participant(who.participant).presence is Presence.EXPECTED:
        return
    arrival = CheckIn(
        id=CommandId(f"arrive-{who.id}"),
        author=case.author(procedure),
        participant=who.participant,
        **whereabouts(case, who.office),
    )
    await case.gateway.perform(case.id, arrival)
