"""When an identity may be checked, confirmed, waived, and by whom."""

from domain.codes.id_numbers import normalised
from domain.commands import (
    BeginIdentification,
    CaptureStill,
    CompleteIdentification,
    ConfirmIdDocument,
    CorrectParticipant,
    EnterPin,
    RejectIdDocument,
    SendPin,
    StopIdentification,
    TakePose,
    WaiveIdentity,
)
from domain.errors import Refusal
from domain.procedure.people import Identification, Participant, Presence
from domain.procedure.state import Procedure
from domain.refusals.access import STAFF_SIGN_IN_INSTEAD
from domain.refusals.identity import (
    ALREADY_IDENTIFIED,
    ID_NUMBER_DIFFERS,
    IDENTIFICATION_NOT_BEGUN,
    IDENTITY_METHOD_NOT_ALLOWED,
    METHOD_OUT_OF_ORDER,
    NO_MOBILE,
    NOTHING_CORRECTED,
    POSE_DIFFERS,
    POSES_MISSING,
    STILL_CHANGED,
    STILL_MISSING,
    WAIVER_NOT_ALLOWED,
)
from domain.refusals.people import NOT_IN_ROOM
from domain.refusals.pins import PIN_EXHAUSTED, PIN_OTHER_PURPOSE, PIN_UNKNOWN
from domain.refusals.requests import FIELD_INVALID, FIELD_REQUIRED, UNKNOWN_FIELD
from domain.rules.common import BEFORE_THE_ROOM, as_host, as_oneself, at_stage, oneself_or_staff, right_number
from domain.rules.signing import may_ask_signature_pin
from domain.types.mechanism import Completer, Mechanism
from domain.types.rejection import RejectionCause
from domain.types.vocabulary import IdentityMethod, Privacy, Side, Stage

WHILE_HELD = (Stage.IN_SESSION, Stage.INTERRUPTED, Stage.APPROVAL, Stage.SIGNING)


def may_begin_identification(procedure: Procedure, command: BeginIdentification) -> None:
    """The person, the host or the office, or the host alone, as the mechanism declares; who consents, only oneself."""
    declared = declared_by(procedure, command.mechanism)
    if declared.consent:
        as_oneself(procedure, command, command.participant)
    elif declared.begun_by_person:
        oneself_or_staff(procedure, command, command.participant)
    else:
        as_host(procedure, command)
    _to_identify(procedure, command.participant, command.mechanism)


def may_take_pose(procedure: Procedure, command: TakePose) -> None:
    """Whoever holds the act, of what is to be seen next."""
    as_host(procedure, command)
    person = _to_identify(procedure, command.participant, command.mechanism)
    expected = _under_way(person, command).next_pose
    if expected is None or expected != command.pose:
        raise Refusal(POSE_DIFFERS, expected=expected or "")


def may_stop_identification(procedure: Procedure, command: StopIdentification) -> None:
    """The person, at any moment before it is decided; or the host, who goes on with another mechanism."""
    if command.author.participant == command.participant:
        as_oneself(procedure, command, command.participant)
    else:
        as_host(procedure, command)
    at_stage(procedure, *BEFORE_THE_ROOM, *WHILE_HELD)
    _under_way(procedure.participant(command.participant), command)


def may_complete_identification(procedure: Procedure, command: CompleteIdentification) -> None:
    """Whoever the mechanism declares, of the identification that was begun last, with everything that it asks for."""
    declared = declared_by(procedure, command.mechanism)
    if declared.completed_by is Completer.PERSON:
        as_oneself(procedure, command, command.participant)
    else:
        as_host(procedure, command)
    person = _to_identify(procedure, command.participant, command.mechanism)
    begun = _under_way(person, command)
    if begun.poses and begun.advice is None:
        raise Refusal(POSES_MISSING, participant=person.id)
    names = {field.name for field in declared.fields}
    if unknown := sorted(set(command.answers) - names):
        raise Refusal(UNKNOWN_FIELD, field=unknown[0])
    for field in declared.fields:
        answer = command.answers.get(field.name, "")
        # Of a secret, what is here is its digest: the API has looked at what was typed.
        if not answer or not (field.secret or field.takes(answer)):
            raise Refusal(FIELD_INVALID if answer else FIELD_REQUIRED, field=field.name, kind="")


def _under_way(person: Participant, command: TakePose | StopIdentification | CompleteIdentification) -> Identification:
    """The identification that was begun last. Raises `Refusal('identification_not_begun')` for any other."""
    begun = person.identity.begun
    if begun is None or (begun.mechanism, begun.reference) != (command.mechanism, command.reference):
        raise Refusal(IDENTIFICATION_NOT_BEGUN, participant=person.id)
    return begun


def declared_by(procedure: Procedure, code: str) -> Mechanism:
    """What the mechanism declares. Raises `Refusal('identity_method_not_allowed')` for one of no use in this type."""
    known = procedure.type.procedure.identity.every_named
    if code not in known:
        raise Refusal(IDENTITY_METHOD_NOT_ALLOWED, method=code, allowed=list(known))
    return procedure.type.mechanism(code)


def may_correct_participant(procedure: Procedure, command: CorrectParticipant) -> None:
    """Until somebody is identified: from then on they are whoever was seen (RDL 6/2023 art. 60)."""
    as_host(procedure, command)
    at_stage(procedure, *BEFORE_THE_ROOM, Stage.IN_SESSION, Stage.INTERRUPTED)
    person = procedure.participant(command.participant)
    if procedure.role_of(person).side is Side.AUTHORITY:
        raise Refusal(STAFF_SIGN_IN_INSTEAD)
    if person.identity.stands or any(document.signed_by(person.id) for document in procedure.documents):
        raise Refusal(ALREADY_IDENTIFIED, participant=person.id)
    right_number(command.document_number)
    told = (command.name or person.name, normalised(command.document_number or person.document_number or ""))
    if told == (person.name, normalised(person.document_number or "")):
        raise Refusal(NOTHING_CORRECTED)


def may_capture_still(procedure: Procedure, command: CaptureStill) -> None:
    as_host(procedure, command)
    _to_identify(procedure, command.participant, IdentityMethod.ID_DOCUMENT_FRAME)


def may_confirm_id_document(procedure: Procedure, command: ConfirmIdDocument) -> None:
    """The number typed must be valid and must be the one that the summons knows (RDL 6/2023 art. 60.4)."""
    as_host(procedure, command)
    person = _to_identify(procedure, command.participant, IdentityMethod.ID_DOCUMENT_FRAME)
    still = person.identity.still
    if still is None:
        raise Refusal(STILL_MISSING, participant=person.id)
    if still.sha256 != command.still:
        raise Refusal(STILL_CHANGED, participant=person.id)
    right_number(command.document_number)
    if person.document_number and normalised(person.document_number) != normalised(command.document_number):
        raise Refusal(ID_NUMBER_DIFFERS, participant=person.id)


def may_reject_id_document(procedure: Procedure, command: RejectIdDocument) -> None:
    as_host(procedure, command)
    at_stage(procedure, *WHILE_HELD)
    known = procedure.participant(command.participant).identity
    if known.still is None and known.begun is None:
        raise Refusal(STILL_MISSING, participant=command.participant)
    # A command without a cause is of a run of an earlier version, in which words were asked for.
    if command.cause in (None, RejectionCause.REASONABLE_DOUBT) and len(command.reason.strip()) < 3:
        raise Refusal(FIELD_REQUIRED, field="reason", kind="")


def may_send_pin(procedure: Procedure, command: SendPin) -> None:
    person = oneself_or_staff(procedure, command, command.participant)
    if person.mobile is None:
        raise Refusal(NO_MOBILE, participant=person.id)
    if command.purpose == "identity":
        _to_identify(procedure, person.id, IdentityMethod.PIN_TO_MOBILE)
    else:
        may_ask_signature_pin(procedure, person, command.purpose)


def may_enter_pin(procedure: Procedure, command: EnterPin) -> None:
    person = as_oneself(procedure, command, command.participant)
    _to_identify(procedure, person.id, IdentityMethod.PIN_TO_MOBILE)
    open_challenge(person, command.challenge, "identity")


def may_waive_identity(procedure: Procedure, command: WaiveIdentity) -> None:
    """Only the role that the type names, with a written reason; never for a procedure under protection."""
    host = as_host(procedure, command)
    at_stage(procedure, *WHILE_HELD)
    policy = procedure.type.procedure.identity
    if policy.waiver_role != host.role or procedure.type.procedure.privacy is Privacy.PROTECTED:
        raise Refusal(WAIVER_NOT_ALLOWED)
    if procedure.is_identified(procedure.participant(command.participant)):
        raise Refusal(ALREADY_IDENTIFIED, participant=command.participant)


def open_challenge(person: Participant, challenge: str, purpose: str) -> None:
    """The challenge must be the last one sent, for this purpose, and not used up."""
    current = person.challenge
    if current is None or current.id != challenge:
        raise Refusal(PIN_UNKNOWN)
    if current.purpose != purpose:
        raise Refusal(PIN_OTHER_PURPOSE)
    if current.closed:
        raise Refusal(PIN_EXHAUSTED)


def may_identify_elsewhere(procedure: Procedure, person: Participant, declared: Mechanism) -> bool:
    """At a provider's own page nobody need see the person: they may go there while they wait, and come back to it.

    Whoever is in the room leaves it for that page, which takes their window.
    """
    arrived = person.presence in (Presence.WAITING, Presence.LOST, Presence.LEFT)
    return declared.elsewhere is not None and arrived and procedure.stage in (*BEFORE_THE_ROOM, *WHILE_HELD)


def _to_identify(procedure: Procedure, participant: str, method: str) -> Participant:
    person = procedure.participant(participant)
    policy = procedure.identified_by(person)
    if procedure.role_of(person).side is Side.AUTHORITY:
        raise Refusal(STAFF_SIGN_IN_INSTEAD)
    declared = declared_by(procedure, method)
    if method not in policy.named:
        raise Refusal(IDENTITY_METHOD_NOT_ALLOWED, method=method, allowed=list(policy.named))
    if not may_identify_elsewhere(procedure, person, declared):
        at_stage(procedure, *WHILE_HELD)
        if person.presence not in (Presence.ADMITTED, Presence.CONNECTED):
            raise Refusal(NOT_IN_ROOM, participant=person.id)
    if person.identity.satisfies(policy):
        raise Refusal(ALREADY_IDENTIFIED, participant=person.id)
    due = person.identity.due(policy)
    if policy.every and not any(method in policy.choices(one) for one in (due if declared.elsewhere else due[:1])):
        raise Refusal(METHOD_OUT_OF_ORDER, expected=str(person.identity.next_method(policy)))
    return person
