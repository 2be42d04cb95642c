"""Who may arrive, be let in, answer, and when."""

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
from domain.errors import Refusal
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.refusals.access import AUTHORITY_ONLY, STAFF_ONLY
from domain.refusals.booking import MINOR_FROM_ELSEWHERE
from domain.refusals.people import (
    ALREADY_ADMITTED,
    ALREADY_DISMISSED,
    ALREADY_SEATED,
    CONSENT_NOT_ASKED,
    HOST_STAYS,
    IN_PRIVATE_TALK,
    NO_CONSENT_TO_WITHDRAW,
    NOT_ARRIVED,
    ROOM_ALREADY_OPEN,
    SEAT_TAKEN,
    WARNINGS_NOT_ACKNOWLEDGED,
)
from domain.refusals.procedure import PROCEDURE_ENDED
from domain.refusals.signing import NO_CERTIFICATE
from domain.rules.common import (
    BEFORE_THE_ROOM,
    as_authority,
    as_host,
    as_oneself,
    at_stage,
    in_seat,
    office_official,
    same_person,
    staff_beside,
)
from domain.rules.places import arrives_where_they_may, in_secure_place
from domain.rules.seats import is_vacant, sits_rightly
from domain.rules.validity import stays_apart
from domain.types.procedure_type import Eligibility
from domain.types.territory import COURT
from domain.types.vocabulary import RecordingPolicy, Side, Stage


def may_check_in(procedure: Procedure, command: CheckIn) -> None:
    """Law: LEC art. 137 bis.3; a minor who is expected at the court may not sit down anywhere else."""
    arriving = command.author.participant == command.participant
    person = (in_seat if arriving else staff_beside)(procedure, command, command.participant)
    at_stage(procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)
    if person.presence is Presence.DISMISSED:
        raise Refusal(ALREADY_DISMISSED, participant=person.id)
    adults_only = Eligibility.ADULTS_ONLY_FROM_OFFICE in procedure.type.procedure.eligibility
    if adults_only and command.place != COURT and person.is_minor(procedure.scheduled_at.date()):
        raise Refusal(MINOR_FROM_ELSEWHERE, participant=person.id, role=person.role)
    arrives_where_they_may(procedure, command)


def may_take_seat(procedure: Procedure, command: TakeSeat) -> None:
    """A seat that acts is somebody's, who holds its role and can sign what that role signs."""
    person = as_authority(procedure, command)
    role = procedure.role_of(person)
    if procedure.stage.ended:
        raise Refusal(PROCEDURE_ENDED)
    if command.author.account is None:
        raise Refusal(STAFF_ONLY)
    if not is_vacant(procedure, person):
        raise Refusal(ALREADY_SEATED if person.account == command.author.account else SEAT_TAKEN, participant=person.id)
    if not set(command.author.staff_roles).intersection(role.account_roles):
        raise Refusal(AUTHORITY_ONLY)
    sits_rightly(procedure, role.code, command.author.staff_roles)
    if not command.certified and procedure.type.procedure.signs_with_certificate(role.code):
        raise Refusal(NO_CERTIFICATE, role=role.code)


def may_attest_autonomy(procedure: Procedure, command: AttestAutonomy) -> None:
    office_official(procedure, command, command.participant)
    at_stage(procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED)


def may_acknowledge_warnings(procedure: Procedure, command: AcknowledgeWarnings) -> None:
    as_oneself(procedure, command, command.participant)
    at_stage(procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED)


def may_give_consent(procedure: Procedure, command: GiveConsent) -> None:
    """Law: consent is asked only where the law does not order or forbid recording (LEC art. 147)."""
    person = as_oneself(procedure, command, command.participant)
    at_stage(procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED)
    same_person(person)
    policy = procedure.type.procedure.recording
    if policy not in (RecordingPolicy.WITH_CONSENT, RecordingPolicy.AUDIO_ONLY):
        raise Refusal(CONSENT_NOT_ASKED, policy=policy.value)


def may_withdraw_consent(procedure: Procedure, command: WithdrawConsent) -> None:
    person = as_oneself(procedure, command, command.participant)
    same_person(person)
    if not any(consent.given and consent.withdrawn_at is None for consent in person.consents):
        raise Refusal(NO_CONSENT_TO_WITHDRAW)


def may_open_room(procedure: Procedure, command: OpenRoom) -> None:
    as_host(procedure, command)
    if procedure.room_opened_at is not None and procedure.stage is Stage.IN_SESSION:
        raise Refusal(ROOM_ALREADY_OPEN)
    at_stage(procedure, Stage.CHECKED_IN, Stage.SUMMONED)


def may_admit_participant(procedure: Procedure, command: AdmitParticipant) -> None:
    """Nobody is let in before arriving and having been told the warnings (RDL 6/2023 art. 67)."""
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)
    person = procedure.participant(command.participant)
    if procedure.talk_of(person.id):
        raise Refusal(IN_PRIVATE_TALK, participant=person.id)
    if person.presence in (Presence.ADMITTED, Presence.CONNECTED):
        raise Refusal(ALREADY_ADMITTED, participant=person.id)
    stays_apart(procedure, person)
    if procedure.role_of(person).side is Side.AUTHORITY:
        return
    if person.presence is Presence.EXPECTED:
        raise Refusal(NOT_ARRIVED, participant=person.id)
    if not person.warnings_acknowledged:
        raise Refusal(WARNINGS_NOT_ACKNOWLEDGED, participant=person.id)
    in_secure_place(procedure, person)


def may_dismiss_participant(procedure: Procedure, command: DismissParticipant) -> None:
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)
    person = procedure.participant(command.participant)
    if procedure.role_of(person).hosts:
        raise Refusal(HOST_STAYS, participant=person.id)
    if procedure.talk_of(person.id):
        raise Refusal(IN_PRIVATE_TALK, participant=person.id)
    if person.presence is Presence.DISMISSED:
        raise Refusal(ALREADY_DISMISSED, participant=person.id)
