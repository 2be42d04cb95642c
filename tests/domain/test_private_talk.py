"""Where people belong and what is known of them while lawyer and client talk alone."""

from domain.events.people import ConnectionLost, ParticipantJoined
from domain.events.private_rooms import PrivateRoomClosed
from domain.ids import main_room
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from tests.domain.conferring import LAWYER, ROOM, back, conferring
from tests.domain.samples import APPLICANT, RESPONDENT, then


def lost_there() -> Procedure:
    return then(conferring(), ConnectionLost(participant=APPLICANT))


def presence(procedure: Procedure) -> set[Presence]:
    return {procedure.participant(id).presence for id in (LAWYER, APPLICANT)}


def test_whoever_talks_in_private_belongs_in_the_room_of_the_talk() -> None:
    assert presence(conferring()) == {Presence.IN_PRIVATE}
    assert {conferring().room_of(id) for id in (LAWYER, APPLICANT)} == {ROOM}
    assert conferring().room_of(RESPONDENT) == main_room(conferring().id)
    assert presence(back()) == {Presence.ADMITTED}
    assert back().room_of(APPLICANT) == main_room(back().id)


def test_whoever_loses_the_line_in_private_is_lost_and_comes_back_there() -> None:
    assert lost_there().participant(APPLICANT).presence is Presence.LOST
    again = then(lost_there(), ParticipantJoined(participant=APPLICANT)).participant(APPLICANT)
    assert (again.presence, again.lost_at) == (Presence.IN_PRIVATE, None)
    ended = then(lost_there(), PrivateRoomClosed(room=ROOM, lawyer=LAWYER, client=APPLICANT))
    assert ended.participant(APPLICANT).presence is Presence.LOST
