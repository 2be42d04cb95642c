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
from api.views.shapes import IceServer, RoomPass
from domain.codes.relay import relay_credentials
from domain.codes.room_tokens import LIFETIME, MOST_SEATS, RoomClaims, mint
from domain.ids import ParticipantId
from domain.procedure.people import IN_THE_ROOM
from domain.procedure.state import Procedure
from domain.rules.common import arrived_here
from domain.types.vocabulary import InterruptionCause, Privacy
from settings import ApiSettings
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
    relays = relays_of(settings)
    return RoomPass(
        token=mint(case.ports.room_key(), claims),
        url=rooms_url(settings, procedure.media),
        room=claims.room,
        ice_servers=relays,
        # Law: LO 19/1994 art. 2 and Ley 4/2015 art. 19; where somebody is cannot be read from their address.
        relay_only=bool(relays) and procedure.type.procedure.privacy is Privacy.PROTECTED,
    )


def relays_of(settings: ApiSettings) -> tuple[IceServer, ...]:
    """With credentials that end by themselves; none where no relay is installed."""
    if settings.media_relay_secret_file is None:
        return ()
    secret = settings.media_relay_secret_file.read_bytes().strip()
    made = relay_credentials(secret, secrets.token_hex(8), now() + settings.media_relay_lifetime)
    return (IceServer(urls=settings.media_relay_urls, username=made.username, credential=made.password),)


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
        muted=not alone and person in procedure.muted(),
        expires_at=now() + LIFETIME,
        jti=secrets.token_urlsafe(24),
    )


def seats_of(procedure: Procedure) -> int:
    """Everybody whom the type allows has a place."""
    allowed = sum(role.maximum for role in procedure.type.procedure.roles)
    return max(2, min(allowed, MOST_SEATS))
