"""A mediation in which a party talks with her lawyer in private."""

from datetime import timedelta

from domain.events.people import RoomOpened
from domain.events.private_rooms import PrivateRoomClosed, PrivateRoomOpened
from domain.ids import ParticipantId, private_room
from domain.procedure.people import Participant
from domain.types.vocabulary import IdentityMethod
from tests.templates.samples import ANXO, CLERK_ACCOUNT, MARTA, Act

MEDIATOR, LAWYER = ParticipantId("p3"), ParticipantId("p4")


def conferring() -> Act:
    """They are in their own room now."""
    people = (
        Participant(id=ANXO, role="applicant", name="Anxo Ruiz Seoane", document_number="00004321H"),
        Participant(id=MARTA, role="respondent", name="Marta Lago Prieto", document_number="00008765C"),
        Participant(id=MEDIATOR, role="mediator", name="Elena Souto Rial", account=CLERK_ACCOUNT),
        Participant(id=LAWYER, role="lawyer", name="Sabela Otero Castro", document_number="00005555W"),
    )
    act = Act("mediation", people, office="lira", number="9/2026")
    act.arrive(ANXO, "vilar").arrive(MARTA, "lira").arrive(LAWYER, "lira")
    act.then(RoomOpened(room="r1", host=MEDIATOR))
    for person in (ANXO, MARTA, LAWYER):
        act.admit(person).identify(person, IdentityMethod.PIN_TO_MOBILE)
    room = private_room(act.procedure.id, 1)
    ends_at = act.at + timedelta(minutes=10)
    return act.then(PrivateRoomOpened(room=room, lawyer=LAWYER, client=MARTA, ends_at=ends_at))


def conferred() -> Act:
    """They are back after seven minutes."""
    act = conferring()
    room = private_room(act.procedure.id, 1)
    return act.then(PrivateRoomClosed(room=room, lawyer=LAWYER, client=MARTA), after=420)
