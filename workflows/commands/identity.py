"""Acts of identification: stills from the live stream, confirmation by an official, PINs, reasoned waivers."""

from datetime import datetime, timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.identity import Identification
    from activities.orders import CapturedStill, CheckedPin, CheckPin, RoomOrder, SendPinOrder
    from activities.rooms import Rooms
    from domain.codes.id_numbers import normalised
    from domain.commands import (
        CaptureStill,
        ConfirmIdDocument,
        CorrectParticipant,
        EnterPin,
        Receipt,
        RejectIdDocument,
        SendPin,
        SignDocument,
        WaiveIdentity,
    )
    from domain.errors import Refusal
    from domain.events.identity import (
        IdentityConfirmed,
        IdentityRejected,
        IdentityWaived,
        PinFailed,
        PinSent,
        StillCaptured,
    )
    from domain.events.people import ParticipantCorrected
    from domain.ids import ParticipantId
    from domain.refusals.pins import PIN_WRONG
    from domain.types.vocabulary import Assurance, IdentityMethod
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_for_caller
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import PROCEDURES, ROOMS

PIN_LIFE = timedelta(minutes=5)
"""F-52: five minutes, three tries."""


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
    captured: CapturedStill = await call_for_caller(ROOMS, Rooms.capture_still, order)
    taken = StillCaptured(participant=command.participant, still=captured.still)
    return await case.record(command, taken, still=captured.still.sha256)


@handles(ConfirmIdDocument)
async def confirm_id_document(case: CaseFile, command: ConfirmIdDocument) -> Receipt:
    still = case.procedure.participant(command.participant).identity.still
    confirmed = IdentityConfirmed(
        participant=command.participant,
        method=IdentityMethod.ID_DOCUMENT_FRAME,
        assurance=Assurance.SUBSTANTIAL,
        document_number=normalised(command.document_number),
        evidence=still,
    )
    return await case.record(command, confirmed)


@handles(RejectIdDocument)
async def reject_id_document(case: CaseFile, command: RejectIdDocument) -> Receipt:
    rejected = IdentityRejected(participant=command.participant, reason=command.reason)
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
        assurance=Assurance.SUBSTANTIAL,
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
