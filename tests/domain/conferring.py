"""Table: who may talk alone with whom, who brings them back, and what waits meanwhile."""

from datetime import timedelta

from domain.commands import (
    AdjournProcedure,
    AdmitParticipant,
    CancelProcedure,
    ClosePrivateRoom,
    CloseSession,
    Command,
    DismissParticipant,
    OpenPrivateRoom,
)
from domain.events.identity import IdentityConfirmed, IdentityLapsed
from domain.events.interruptions import ProcedureInterrupted
from domain.events.minutes import SessionClosed
from domain.events.people import ConnectionLost, ParticipantAdmitted
from domain.events.private_rooms import PrivateRoomClosed, PrivateRoomOpened
from domain.ids import ParticipantId, private_room
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.rules import interruptions, minutes, people, private_rooms
from domain.types.vocabulary import Assurance, InterruptionCause
from tests.domain.cases import AS_APPLICANT, AS_APPLICANT_ELSEWHERE, AS_CLERK, AS_RESPONDENT, PERMITTED, Case, asking
from tests.domain.samples import APPLICANT, RESPONDENT, START, in_session, then

MEDIATOR, LAWYER, SECOND_LAWYER = ParticipantId("p3"), ParticipantId("p8"), ParticipantId("p9")
AS_MEDIATOR = AS_CLERK.but(participant=MEDIATOR)
AS_LAWYER = AS_APPLICANT.but(participant=LAWYER)
ROOM = private_room("prc_mediation", 1)
SOON = START + timedelta(hours=2)

OPEN, CLOSE = private_rooms.may_open_private_room, private_rooms.may_close_private_room


def with_lawyers() -> Procedure:
    """A mediation in which both parties have come with a lawyer."""
    procedure = in_session("mediation")
    lawyers = tuple(Participant(id=id, role="lawyer", name=f"Abogada {id}") for id in (LAWYER, SECOND_LAWYER))
    procedure = procedure.but(participants=(*procedure.participants, *lawyers))
    procedure = then(procedure, *(ParticipantAdmitted(participant=lawyer.id) for lawyer in lawyers))
    methods = procedure.type.procedure.identity.methods
    return then(procedure, *(seen(lawyer.id, method) for lawyer in lawyers for method in methods))


def seen(participant: ParticipantId, method: str) -> IdentityConfirmed:
    return IdentityConfirmed(participant=participant, method=method, assurance=Assurance.SUBSTANTIAL)


def lapsed() -> Procedure:
    return then(with_lawyers(), IdentityLapsed(participant=LAWYER, cause="connection_lost"))


def conferring() -> Procedure:
    return then(with_lawyers(), PrivateRoomOpened(room=ROOM, lawyer=LAWYER, client=APPLICANT, ends_at=SOON))


def back() -> Procedure:
    return then(conferring(), PrivateRoomClosed(room=ROOM, lawyer=LAWYER, client=APPLICANT))


def in_recess() -> Procedure:
    stop = ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="mediator")
    return then(with_lawyers(), stop)


def recess_while_conferring() -> Procedure:
    return then(conferring(), ProcedureInterrupted(cause=InterruptionCause.RECESS, note="", must_act="mediator"))


def cut_off() -> Procedure:
    return then(with_lawyers(), ConnectionLost(participant=APPLICANT))


def over() -> Procedure:
    return then(with_lawyers(), SessionClosed(outcome="attempted"))


def talk(lawyer: str = LAWYER, client: str = APPLICANT) -> dict[str, object]:
    return {"lawyer": lawyer, "client": client, "minutes": 10}


BACK = {"room": ROOM}
WHO = {"participant": APPLICANT}


def ending() -> Command:
    return asking(CloseSession, AS_MEDIATOR, outcome="agreement")


CONFERRING = [
    Case("lawyer and client", with_lawyers, OPEN, asking(OpenPrivateRoom, AS_MEDIATOR, **talk()), PERMITTED),
    Case("in a recess", in_recess, OPEN, asking(OpenPrivateRoom, AS_MEDIATOR, **talk()), PERMITTED),
    Case(
        "the other pair meanwhile",
        conferring,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(SECOND_LAWYER, RESPONDENT)),
        PERMITTED,
    ),
    Case("again, once they are back", back, OPEN, asking(OpenPrivateRoom, AS_MEDIATOR, **talk()), PERMITTED),
    Case(
        "the party asks the platform", with_lawyers, OPEN, asking(OpenPrivateRoom, AS_APPLICANT, **talk()), "host_only"
    ),
    Case(
        "the two parties",
        with_lawyers,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(APPLICANT, RESPONDENT)),
        "may_not_confer",
    ),
    Case(
        "the mediator and a party",
        with_lawyers,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(MEDIATOR)),
        "may_not_confer",
    ),
    Case(
        "the two lawyers",
        with_lawyers,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(LAWYER, SECOND_LAWYER)),
        "may_not_confer",
    ),
    Case(
        "a lawyer with themselves",
        with_lawyers,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(LAWYER, LAWYER)),
        "may_not_confer",
    ),
    Case(
        "a third person comes along",
        conferring,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk(SECOND_LAWYER)),
        "in_private_talk",
    ),
    Case(
        "somebody nobody knows",
        with_lawyers,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk("p99")),
        "unknown_participant",
    ),
    Case("somebody who is not there", cut_off, OPEN, asking(OpenPrivateRoom, AS_MEDIATOR, **talk()), "not_in_room"),
    Case(
        "not known to be who",
        lapsed,
        OPEN,
        asking(OpenPrivateRoom, AS_MEDIATOR, **talk()),
        "identity_lapsed",
    ),
    Case("after the session", over, OPEN, asking(OpenPrivateRoom, AS_MEDIATOR, **talk()), "wrong_stage"),
    Case("the client comes back", conferring, CLOSE, asking(ClosePrivateRoom, AS_APPLICANT, **BACK), PERMITTED),
    Case("the lawyer comes back", conferring, CLOSE, asking(ClosePrivateRoom, AS_LAWYER, **BACK), PERMITTED),
    Case(
        "they are brought back",
        recess_while_conferring,
        CLOSE,
        asking(ClosePrivateRoom, AS_MEDIATOR, **BACK),
        PERMITTED,
    ),
    Case("the other party ends it", conferring, CLOSE, asking(ClosePrivateRoom, AS_RESPONDENT, **BACK), "host_only"),
    Case(
        "from another session",
        conferring,
        CLOSE,
        asking(ClosePrivateRoom, AS_APPLICANT_ELSEWHERE, **BACK),
        "session_not_arrived",
    ),
    Case("it is over already", back, CLOSE, asking(ClosePrivateRoom, AS_APPLICANT, **BACK), "private_talk_over"),
    Case(
        "to let in who is in private",
        conferring,
        people.may_admit_participant,
        asking(AdmitParticipant, AS_MEDIATOR, **WHO),
        "in_private_talk",
    ),
    Case(
        "to send out who is in private",
        conferring,
        people.may_dismiss_participant,
        asking(DismissParticipant, AS_MEDIATOR, **WHO, reason="Ha terminado."),
        "in_private_talk",
    ),
    Case("to end the session meanwhile", conferring, minutes.may_close_session, ending(), "private_talk_open"),
    Case(
        "to go on another day meanwhile",
        conferring,
        interruptions.may_adjourn_procedure,
        asking(AdjournProcedure, AS_MEDIATOR, reason="Es tarde", new_date=SOON),
        "private_talk_open",
    ),
    Case(
        "to call it off meanwhile",
        recess_while_conferring,
        interruptions.may_cancel_procedure,
        asking(CancelProcedure, AS_MEDIATOR, reason="Desisten"),
        "private_talk_open",
    ),
]
