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
    from domain.ids import ParticipantId
    from domain.rules import identity as rules
    from domain.types.vocabulary import Assurance, IdentityMethod
    from workflows.acts import act
    from workflows.people_acts import PeopleActs
    from workflows.queues import PROCEDURES, ROOMS

PIN_LIFE = timedelta(minutes=5)
"""F-52: five minutes, three tries."""


class IdentityActs(PeopleActs):
    """Who somebody is."""

    @act(rules.may_capture_still)
    async def capture_still(self, command: CaptureStill) -> Receipt:
        order = RoomOrder(procedure=self.procedure.id, participant=command.participant)
        captured: CapturedStill = await self.ask(ROOMS, Rooms.capture_still, order)
        taken = StillCaptured(participant=command.participant, still=captured.still)
        return await self.record(command, taken, rule=rules.may_capture_still, still=captured.still.sha256)

    @act(rules.may_confirm_id_document)
    async def confirm_id_document(self, command: ConfirmIdDocument) -> Receipt:
        still = self.procedure.participant(command.participant).identity.still
        confirmed = IdentityConfirmed(
            participant=command.participant,
            method=IdentityMethod.ID_DOCUMENT_FRAME,
            assurance=Assurance.SUBSTANTIAL,
            document_number=normalised(command.document_number),
            evidence=still,
        )
        return await self.record(command, confirmed, rule=rules.may_confirm_id_document)

    @act(rules.may_reject_id_document)
    async def reject_id_document(self, command: RejectIdDocument) -> Receipt:
        rejected = IdentityRejected(participant=command.participant, reason=command.reason)
        return await self.record(command, rejected, rule=rules.may_reject_id_document)

    @act(rules.may_waive_identity)
    async def waive_identity(self, command: WaiveIdentity) -> Receipt:
        waived = IdentityWaived(participant=command.participant, reason=command.reason)
        return await self.record(command, waived, rule=rules.may_waive_identity)

    @act(rules.may_send_pin)
    async def send_pin(self, command: SendPin) -> Receipt:
        challenge = f"pin_{command.id}"
        order = SendPinOrder(
            procedure=self.procedure.id,
            up_to=self.seq,
            participant=command.participant,
            challenge=challenge,
            purpose=command.purpose,
            expires_at=self.now() + PIN_LIFE,
        )
        expires_at: datetime = await self.ask(PROCEDURES, Identification.send_pin, order)
        sent = PinSent(
            participant=command.participant,
            challenge=challenge,
            purpose=command.purpose,
            expires_at=expires_at,
        )
        return await self.record(command, sent, rule=rules.may_send_pin, challenge=challenge)

    @act(rules.may_enter_pin)
    async def enter_pin(self, command: EnterPin) -> Receipt:
        await self.judge_pin(command, command.participant, command.challenge, command.proof)
        confirmed = IdentityConfirmed(
            participant=command.participant,
            method=IdentityMethod.PIN_TO_MOBILE,
            assurance=Assurance.SUBSTANTIAL,
            reference=command.challenge,
        )
        return await self.record(command, confirmed, rule=rules.may_enter_pin)

    async def judge_pin(
        self, command: EnterPin | SignDocument, participant: ParticipantId, challenge: str, proof: str
    ) -> None:
        """Raises `Refusal('pin_wrong')` after writing the failed attempt down; returns when the PIN was right."""
        order = CheckPin(challenge=challenge, attempt=command.id, proof=proof, at=self.now())
        answer: CheckedPin = await self.ask(PROCEDURES, Identification.check_pin, order)
        if not answer.correct:
            await self.record(command, PinFailed(participant=participant, challenge=challenge, left=answer.left))
            raise Refusal("pin_wrong", left=answer.left)
