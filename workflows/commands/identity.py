"""Identification by whichever mechanism the type names, and reasoned waivers.

The commands for a still, its confirmation and a PIN are those of version 0.2: whoever knows them may go on to use them.
"""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.identity import Identification
    from activities.identity_orders import BeginOrder, CompleteOrder
    from activities.orders import CapturedStill, CheckedPin, CheckPin, RoomOrder, SendPinOrder
    from activities.rooms import Rooms
    from domain.codes.id_numbers import normalised
    from domain.commands import (
        BeginIdentification,
        CaptureStill,
        CompleteIdentification,
        ConfirmIdDocument,
        CorrectParticipant,
        EnterPin,
        Receipt,
        RejectIdDocument,
        SendPin,
        SignDocument,
        TakePose,
        WaiveIdentity,
    )
    from domain.errors import Refusal
    from domain.events.identity import (
        IdentificationBegun,
        IdentificationFailed,
        IdentityConfirmed,
        IdentityRejected,
        IdentityWaived,
        PinFailed,
        PinSent,
        StillCaptured,
    )
    from domain.events.people import ParticipantCorrected
    from domain.ids import ParticipantId
    from domain.ports.identity import Attempt, Begun, Verdict
    from domain.procedure.documents import DocumentRef
    from domain.refusals.identity import IDENTIFICATION_FAILED
    from domain.refusals.pins import PIN_WRONG
    from domain.types.mechanism import Mechanism
    from domain.types.vocabulary import Assurance, IdentityMethod
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_for_caller
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import PROCEDURES, media_queue

PIN_LIFE = timedelta(minutes=5)
"""F-52: five minutes, three tries."""


@handles(BeginIdentification)
async def begin_identification(case: CaseFile, command: BeginIdentification) -> Receipt:
    reference = f"idn_{command.id}"
    still = await still_of(case, command) if case.procedure.type.mechanism(command.mechanism).still else None
    order = BeginOrder(
        procedure=case.procedure.id,
        up_to=case.seq,
        participant=command.participant,
        mechanism=command.mechanism,
        reference=reference,
        at=case.now(),
    )
    ready: Begun = await call_for_caller(PROCEDURES, Identification.begin_identification, order)
    begun = IdentificationBegun(
        participant=command.participant,
        mechanism=command.mechanism,
        reference=reference,
        expires_at=ready.expires_at,
        still=still,
        poses=ready.poses,
        consented=case.procedure.type.mechanism(command.mechanism).consent,
    )
    return await case.record(command, begun, reference=reference)


async def still_of(case: CaseFile, command: BeginIdentification | TakePose) -> DocumentRef:
    """What the camera of the person shows now, kept."""
    order = RoomOrder(procedure=case.procedure.id, participant=command.participant)
    captured: CapturedStill = await call_for_caller(media_queue(case.procedure.media), Rooms.capture_still, order)
    return captured.still


@handles(CompleteIdentification)
async def complete_identification(case: CaseFile, command: CompleteIdentification) -> Receipt:
    """Raises `Refusal('identification_failed')` after writing the failed attempt down."""
    declared = case.procedure.type.mechanism(command.mechanism)
    still = case.procedure.participant(command.participant).identity.still if declared.still else None
    order = CompleteOrder(
        procedure=case.procedure.id,
        up_to=case.seq,
        participant=command.participant,
        mechanism=command.mechanism,
        reference=command.reference,
        attempt=Attempt(id=command.id, answers=command.answers, still=still, at=case.now()),
    )
    verdict: Verdict = await call_for_caller(PROCEDURES, Identification.complete_identification, order)
    if not verdict.verified:
        failed = IdentificationFailed(
            participant=command.participant,
            mechanism=command.mechanism,
            reference=command.reference,
            left=verdict.left,
            why=verdict.why,
        )
        await case.record_effect(command, failed)
        raise Refusal.told(verdict.why) if verdict.why else Refusal(IDENTIFICATION_FAILED, left=verdict.left)
    confirmed = IdentityConfirmed(
        participant=command.participant,
        method=command.mechanism,
        assurance=_reached(declared, verdict),
        document_number=verdict.document_number,
        evidence=verdict.evidence or still,
        reference=command.reference,
    )
    return await case.record(command, confirmed)


def _reached(declared: Mechanism, verdict: Verdict) -> Assurance:
    """Never more than the mechanism declares."""
    return min(verdict.assurance or declared.assurance, declared.assurance, key=lambda assurance: assurance.rank)


@handles(CorrectParticipant)
async def correct_participant(case: CaseFile, command: CorrectParticipant) -> Receipt:
    corrected = ParticipantCorrected(
        participant=command.participant,
        name=command.name,
        document_number=normalised(command.document_number) if command.document_number else None,
        reason=command.reason,
    )
    return await case.record(command, corrected)


@handles(CaptureStill)
async def capture_still(case: CaseFile, command: CaptureStill) -> Receipt:
    order = RoomOrder(procedure=case.procedure.id, participant=command.participant)
    captured: CapturedStill = await call_for_caller(media_queue(case.procedure.media), Rooms.capture_still, order)
    taken = StillCaptured(participant=command.participant, still=captured.still)
    return await case.record(command, taken, still=captured.still.sha256)


@handles(ConfirmIdDocument)
async def confirm_id_document(case: CaseFile, command: ConfirmIdDocument) -> Receipt:
    still = case.procedure.participant(command.participant).identity.still
    confirmed = IdentityConfirmed(
        participant=command.participant,
        method=IdentityMethod.ID_DOCUMENT_FRAME,
        assurance=case.procedure.type.mechanism(IdentityMethod.ID_DOCUMENT_FRAME).assurance,
        document_number=normalised(command.document_number),
        evidence=still,
    )
    return await case.record(command, confirmed)


@handles(RejectIdDocument)
async def reject_id_document(case: CaseFile, command: RejectIdDocument) -> Receipt:
    rejected = IdentityRejected(participant=command.participant, cause=command.cause, reason=command.reason)
    return await case.record(command, rejected)


@handles(WaiveIdentity)
async def waive_identity(case: CaseFile, command: WaiveIdentity) -> Receipt:
    waived = IdentityWaived(participant=command.participant, reason=command.reason)
    return await case.record(command, waived)


@handles(SendPin)
async def send_pin(case: CaseFile, command: SendPin) -> Receipt:
    challenge = f"pin_{command.id}"
    order = SendPinOrder(
        procedure=case.procedure.id,
        up_to=case.seq,
        participant=command.participant,
        challenge=challenge,
        purpose=command.purpose,
        expires_at=case.now() + PIN_LIFE,
    )
    expires_at: datetime = await call_for_caller(PROCEDURES, Identification.send_pin, order)
    sent = PinSent(
        participant=command.participant,
        challenge=challenge,
        purpose=command.purpose,
        expires_at=expires_at,
    )
    return await case.record(command, sent, challenge=challenge)


@handles(EnterPin)
async def enter_pin(case: CaseFile, command: EnterPin) -> Receipt:
    await judge_pin(case, command, command.participant, command.challenge, command.proof)
    confirmed = IdentityConfirmed(
        participant=command.participant,
        method=IdentityMethod.PIN_TO_MOBILE,
        assurance=case.procedure.type.mechanism(IdentityMethod.PIN_TO_MOBILE).assurance,
        reference=command.challenge,
    )
    return await case.record(command, confirmed)


async def judge_pin(
    case: CaseFile, command: EnterPin | SignDocument, participant: ParticipantId, challenge: str, proof: str
) -> None:
    """Raises `Refusal('pin_wrong')` after writing the failed attempt down; returns when the PIN was right."""
    order = CheckPin(challenge=challenge, attempt=command.id, proof=proof, at=case.now())
    answer: CheckedPin = await call_for_caller(PROCEDURES, Identification.check_pin, order)
    if not answer.correct:
        await case.record_effect(command, PinFailed(participant=participant, challenge=challenge, left=answer.left))
        raise Refusal(PIN_WRONG, left=answer.left)
