"""Table: who may arrive, be told, answer, ask for help, be let in and be sent out."""

from domain.actions.help import AnswerHelp, AskHelp, HelpRequested, may_answer_help, may_ask_help
from domain.commands import (
    AcknowledgeWarnings,
    AdmitParticipant,
    AttestAutonomy,
    CheckIn,
    DismissParticipant,
    GiveConsent,
    OpenRoom,
    TakeSeat,
    WithdrawConsent,
)
from domain.events.people import ConsentGiven, ConsentWithdrawn, ParticipantDismissed
from domain.events.summons import ProcedureCancelled
from domain.ids import AccountId
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.rules import people
from domain.types.vocabulary import StaffRole
from tests.domain.cases import (
    AS_APPLICANT,
    AS_APPLICANT_ELSEWHERE,
    AS_CLERK,
    AS_OFFICE,
    AS_OTHER_OFFICE,
    AS_RESPONDENT,
    AS_STRANGER,
    PERMITTED,
    Case,
    asking,
)
from tests.domain.samples import APPLICANT, CLERK, arrived, in_room, requested, summoned, taken_over, then

DESK = {"participant": APPLICANT, "place": "office", "device": "desk-1"}
HOME = {**DESK, "place": "own_device"}
IN_COURT = {**DESK, "place": "court"}
CITIZEN = {"participant": APPLICANT}
TOLD = {**CITIZEN, "text_version": "2026-1"}
YES = {**CITIZEN, "scope": "audio_video", "given": True}
OUT = {**CITIZEN, "reason": "Interrumpe sin cesar"}


def dismissed() -> Procedure:
    return then(in_room(), ParticipantDismissed(participant=APPLICANT, reason="Interrumpe"))


def free() -> Procedure:
    """The seat of the clerk is nobody's yet."""
    procedure = summoned()
    return procedure.with_participant(procedure.participant(CLERK).but(account=None, name="Letrada o letrado"))


def free_and_over() -> Procedure:
    return then(free(), ProcedureCancelled(reason="Desistimiento"))


def minor() -> Procedure:
    procedure = summoned()
    return procedure.with_participant(procedure.participant(APPLICANT).but(birth_date="2015-06-01"))


def cancelled() -> Procedure:
    return then(summoned(), ProcedureCancelled(reason="Desistimiento"))


def asking_for_help() -> Procedure:
    return then(arrived(), HelpRequested(participant=APPLICANT))


def consented() -> Procedure:
    return then(arrived("life_certificate"), ConsentGiven(participant=APPLICANT, scope="audio", given=True))


def withdrawn() -> Procedure:
    return then(consented(), ConsentWithdrawn(participant=APPLICANT))


def not_told() -> Procedure:
    procedure = in_room()
    person = procedure.participant(APPLICANT)
    return procedure.with_participant(person.but(presence=Presence.WAITING, warnings_acknowledged=False))


def not_arrived() -> Procedure:
    procedure = in_room()
    return procedure.with_participant(procedure.participant(APPLICANT).but(presence=Presence.EXPECTED))


def waiting() -> Procedure:
    procedure = in_room()
    return procedure.with_participant(procedure.participant(APPLICANT).but(presence=Presence.WAITING))


IN, TELL, CONSENT = people.may_check_in, people.may_acknowledge_warnings, people.may_give_consent
ADMIT, DISMISS, HELP = people.may_admit_participant, people.may_dismiss_participant, may_answer_help
OPEN, AUTONOMY, WITHDRAW = people.may_open_room, people.may_attest_autonomy, people.may_withdraw_consent

SIT = people.may_take_seat
SEAT = {"name": "Iria Outeiro Barral", "certified": True}
UNCERTIFIED = {**SEAT, "certified": False}
AS_OTHER_CLERK = AS_CLERK.but(account=AccountId("acc_other"))
AS_OFFICIAL = AS_CLERK.but(staff_roles=(StaffRole.OFFICIAL,))
AS_NOBODY = AS_CLERK.but(account=None)

ARRIVING = [
    Case("the clerk sits down", free, SIT, asking(TakeSeat, AS_CLERK, **SEAT), PERMITTED),
    Case("in a seat of one's own", summoned, SIT, asking(TakeSeat, AS_CLERK, **SEAT), "already_seated"),
    Case("in a seat of somebody else", summoned, SIT, asking(TakeSeat, AS_OTHER_CLERK, **SEAT), "seat_taken"),
    Case("a party sits down there", free, SIT, asking(TakeSeat, AS_APPLICANT, **SEAT), "authority_only"),
    Case("with another role", free, SIT, asking(TakeSeat, AS_OFFICIAL, **SEAT), "authority_only"),
    Case("without an account", free, SIT, asking(TakeSeat, AS_NOBODY, **SEAT), "staff_only"),
    Case("without a certificate", free, SIT, asking(TakeSeat, AS_CLERK, **UNCERTIFIED), "no_certificate"),
    Case("when it is over", free_and_over, SIT, asking(TakeSeat, AS_CLERK, **SEAT), "procedure_ended"),
    Case("the person sits down", summoned, IN, asking(CheckIn, AS_APPLICANT, **DESK), PERMITTED),
    Case("the official of that office brings him in", summoned, IN, asking(CheckIn, AS_OFFICE, **DESK), PERMITTED),
    Case("another office brings him in", summoned, IN, asking(CheckIn, AS_OTHER_OFFICE, **DESK), "host_only"),
    Case("the other party checks him in", summoned, IN, asking(CheckIn, AS_RESPONDENT, **DESK), "host_only"),
    Case("before the summons", requested, IN, asking(CheckIn, AS_APPLICANT, **DESK), "wrong_stage"),
    Case("after being sent out", dismissed, IN, asking(CheckIn, AS_APPLICANT, **DESK), "already_dismissed"),
    Case("a minor at an office", minor, IN, asking(CheckIn, AS_APPLICANT, **DESK), "minor_from_elsewhere"),
    Case("a minor at home", minor, IN, asking(CheckIn, AS_APPLICANT, **HOME), "minor_from_elsewhere"),
    Case("a minor in court", minor, IN, asking(CheckIn, AS_APPLICANT, **IN_COURT), PERMITTED),
    Case(
        "somebody nobody knows",
        summoned,
        IN,
        asking(CheckIn, AS_APPLICANT, **{**DESK, "participant": "p99"}),
        "unknown_participant",
    ),
    Case(
        "the office saw that he acts freely", arrived, AUTONOMY, asking(AttestAutonomy, AS_OFFICE, **CITIZEN), PERMITTED
    ),
    Case(
        "another office says so", arrived, AUTONOMY, asking(AttestAutonomy, AS_OTHER_OFFICE, **CITIZEN), "office_only"
    ),
    Case("the clerk says so from afar", arrived, AUTONOMY, asking(AttestAutonomy, AS_CLERK, **CITIZEN), "office_only"),
    Case("the person read the warnings", arrived, TELL, asking(AcknowledgeWarnings, AS_APPLICANT, **TOLD), PERMITTED),
    Case(
        "read in a session that has not arrived",
        arrived,
        TELL,
        asking(AcknowledgeWarnings, AS_APPLICANT_ELSEWHERE, **TOLD),
        "session_not_arrived",
    ),
    Case(
        "told where the seat was taken over",
        taken_over,
        TELL,
        asking(AcknowledgeWarnings, AS_APPLICANT_ELSEWHERE, **TOLD),
        PERMITTED,
    ),
    Case("arrives elsewhere", in_room, IN, asking(CheckIn, AS_APPLICANT_ELSEWHERE, **HOME), PERMITTED),
    Case(
        "consent from a seat taken over",
        taken_over,
        CONSENT,
        asking(GiveConsent, AS_APPLICANT, **YES),
        "seat_taken_over",
    ),
    Case(
        "consent taken back from it",
        taken_over,
        WITHDRAW,
        asking(WithdrawConsent, AS_APPLICANT, **CITIZEN),
        "seat_taken_over",
    ),
    Case(
        "help is asked for anywhere",
        in_room,
        may_ask_help,
        asking(AskHelp, AS_APPLICANT_ELSEWHERE, **CITIZEN),
        PERMITTED,
    ),
    Case("admitted again", taken_over, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), PERMITTED),
    Case("somebody read them for him", arrived, TELL, asking(AcknowledgeWarnings, AS_CLERK, **TOLD), "only_oneself"),
    Case(
        "warnings of a cancelled act", cancelled, TELL, asking(AcknowledgeWarnings, AS_APPLICANT, **TOLD), "wrong_stage"
    ),
    Case(
        "asked, and answers",
        lambda: arrived("life_certificate"),
        CONSENT,
        asking(GiveConsent, AS_APPLICANT, **YES),
        PERMITTED,
    ),
    Case(
        "the law orders the recording", arrived, CONSENT, asking(GiveConsent, AS_APPLICANT, **YES), "consent_not_asked"
    ),
    Case("somebody consents for him", arrived, CONSENT, asking(GiveConsent, AS_CLERK, **YES), "only_oneself"),
    Case("takes it back", consented, WITHDRAW, asking(WithdrawConsent, AS_APPLICANT, **CITIZEN), PERMITTED),
    Case(
        "takes it back twice",
        withdrawn,
        WITHDRAW,
        asking(WithdrawConsent, AS_APPLICANT, **CITIZEN),
        "no_consent_to_withdraw",
    ),
    Case("asks for help", arrived, may_ask_help, asking(AskHelp, AS_APPLICANT, **CITIZEN), PERMITTED),
    Case("when all is over", cancelled, may_ask_help, asking(AskHelp, AS_APPLICANT, **CITIZEN), "procedure_ended"),
    Case("the office helps", asking_for_help, HELP, asking(AnswerHelp, AS_OFFICE, **CITIZEN), PERMITTED),
    Case("he helps himself", asking_for_help, HELP, asking(AnswerHelp, AS_APPLICANT, **CITIZEN), "staff_only"),
    Case("nobody asked", arrived, HELP, asking(AnswerHelp, AS_OFFICE, **CITIZEN), "help_already_given"),
    Case("the host opens", arrived, OPEN, asking(OpenRoom, AS_CLERK), PERMITTED),
    Case("the host opens before anybody comes", summoned, OPEN, asking(OpenRoom, AS_CLERK), PERMITTED),
    Case("the citizen opens", arrived, OPEN, asking(OpenRoom, AS_APPLICANT), "host_only"),
    Case("nobody in particular opens", arrived, OPEN, asking(OpenRoom, AS_OFFICE), "host_only"),
    Case("a stranger opens", arrived, OPEN, asking(OpenRoom, AS_STRANGER), "unknown_participant"),
    Case("the room is open", in_room, OPEN, asking(OpenRoom, AS_CLERK), "room_already_open"),
    Case("too early", requested, OPEN, asking(OpenRoom, AS_CLERK), "wrong_stage"),
    Case("lets him in", waiting, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), PERMITTED),
    Case("lets him in twice", in_room, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), "already_admitted"),
    Case("he lets himself in", waiting, ADMIT, asking(AdmitParticipant, AS_APPLICANT, **CITIZEN), "host_only"),
    Case("he is not there", not_arrived, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), "not_arrived"),
    Case(
        "nobody warned him", not_told, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), "warnings_not_acknowledged"
    ),
    Case("the room is shut", arrived, ADMIT, asking(AdmitParticipant, AS_CLERK, **CITIZEN), "wrong_stage"),
    Case("sends him out", in_room, DISMISS, asking(DismissParticipant, AS_CLERK, **OUT), PERMITTED),
    Case("sends him out twice", dismissed, DISMISS, asking(DismissParticipant, AS_CLERK, **OUT), "already_dismissed"),
    Case(
        "sends herself out",
        in_room,
        DISMISS,
        asking(DismissParticipant, AS_CLERK, **{**OUT, "participant": CLERK}),
        "host_stays",
    ),
    Case("he sends the clerk out", in_room, DISMISS, asking(DismissParticipant, AS_APPLICANT, **OUT), "host_only"),
]
