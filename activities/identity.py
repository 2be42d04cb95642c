"""One-time PINs: sent to the mobile that the summons knows, judged without ever seeing the PIN in a history."""

from datetime import datetime

from temporalio import activity

from activities.orders import CheckedPin, CheckPin, SendPinOrder
from domain.errors import Refusal
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.refusals.identity import NO_MOBILE
from templates.texts import text


class Identification:
    def __init__(self, cases: CaseReading, pins: PinChallenges, sms: SmsSender) -> None:
        self._cases = cases
        self._pins = pins
        self._sms = sms

    @activity.defn
    async def send_pin(self, order: SendPinOrder) -> datetime:
        """Until when it can be entered. Again sends nothing twice: the challenge id is the message id."""
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        person = procedure.participant(order.participant)
        if person.mobile is None:
            raise Refusal(NO_MOBILE, participant=person.id)
        pin = await self._pins.open(
            order.challenge, order.procedure, order.participant, order.purpose, order.expires_at
        )
        await self._sms.send(order.challenge, person.mobile, self._words(procedure, order, person.language, pin))
        return order.expires_at

    def _words(self, procedure: Procedure, order: SendPinOrder, language: str, pin: str) -> str:
        if order.purpose == "identity":
            return text("sms.pin_identity", language, pin=pin)
        sha256 = procedure.document(order.purpose).original.sha256
        # The first groups of the hash are on the screen too: the person sees that the PIN is for that document.
        return text("sms.pin_signature", language, pin=pin, hash=f"{sha256[:4]} {sha256[4:8]}")

    @activity.defn
    async def check_pin(self, order: CheckPin) -> CheckedPin:
        """Again gives the same answer and counts once."""
        answer = await self._pins.answer(order.challenge, order.attempt, order.proof, order.at)
        return CheckedPin(correct=answer.correct, left=answer.left)
