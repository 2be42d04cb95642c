"""Entering the video: a pass of one minute, with what the workflow has decided about the person."""

import secrets
from typing import Annotated

from fastapi import APIRouter

from api.access.permissions import Permission
from api.access.session import CitizenSession, StaffSession
from api.commands.seating import take_free_seat
from api.deps import Case, SettingsDep, case
from api.http.middleware import rooms_url
from api.http.problems import NotFound
from api.ports import now
from api.services.idempotency import IdempotentRoute
from api.views.shapes import RoomPass
from domain.codes.room_tokens import LIFETIME, MOST_SEATS, RoomClaims, mint
from domain.ids import ParticipantId
from domain.procedure.people import IN_THE_ROOM
from domain.procedure.state import Procedure
from domain.rules.common import arrived_here
from domain.types.vocabulary import InterruptionCause
from templates.people import shown_name

FOR_PAGES_TOO = True

PAIR = 2

router = APIRouter(tags=["rooms"], route_class=IdempotentRoute)


@router.post(
    "/procedures/{procedure}/room-token",
    status_code=201,
    summary="A pass to the video, good for one minute and one use",
)
async def issue_room_token(case: Annotated[Case, case(Permission.ENTER_ROOM)], settings: SettingsDep) -> RoomPass:
    await take_free_seat(case)
    procedure = (await case.progress()).procedure
    author = case.author(procedure)
    seat = author.participant
    if seat is None:
        raise NotFound()
    arrived_here(procedure.participant(seat), author.session)
    assert isinstance(case.who, StaffSession | CitizenSession)
    claims = claims_of(procedure, seat).but(session=case.who.id)
    return RoomPass(
        token=mint(case.ports.room_key(), claims), url=rooms_url(settings, procedure.media), room=claims.room
    )


def claims_of(procedure: Procedure, seat: ParticipantId) -> RoomClaims:
    """What the pass says. Hosts admit themselves; everybody else waits to be admitted.

    An alias is told in the language of the record: everybody in the room reads it, whatever the person's own is.
    """
    person = procedure.participant(seat)
    opened = procedure.room_opened_at is not None and not procedure.stage.ended
    admitted = opened and (person.presence in IN_THE_ROOM or procedure.role_of(person).hosts)
    stopped, alone = procedure.interruption, procedure.talk_of(seat) is not None
    return RoomClaims(
        procedure=procedure.id,
        room=procedure.room_of(seat),
        participant=seat,
        role=person.role,
        label=shown_name(procedure, person, procedure.language)[:80],
        admitted=admitted,
        hosts=procedure.role_of(person).hosts,
        seats=PAIR if alone else seats_of(procedure),
        paused=not alone and stopped is not None and stopped.cause is InterruptionCause.RECESS,
        expires_at=now() + LIFETIME,
        jti=secrets.token_urlsafe(24),
    )


def seats_of(procedure: Procedure) -> int:
    """Everybody whom the type allows has a place."""
    allowed = sum(role.maximum for role in procedure.type.procedure.roles)
    return max(2, min(allowed, MOST_SEATS))
