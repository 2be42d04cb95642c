"""Identification by whichever mechanism the type names, and the one-time PINs with which people sign."""

from collections.abc import Mapping
from datetime import UTC, datetime

from temporalio import activity

from activities.identity_orders import AdviseOrder, BeginOrder, CompleteOrder
from activities.orders import CheckedPin, CheckPin, OnProcedure, SendPinOrder
from domain.errors import PersonMustAct, Refusal
from domain.ids import ParticipantId
from domain.ports.identity import AdvisingMechanism, Begun, IdentityMechanism, Verdict
from domain.ports.messages import SmsSender
from domain.ports.pins import PinChallenges
from domain.procedure.people import Advice, Participant
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.refusals.identity import NO_MOBILE
from templates.texts import text


class Identification:
    def __init__(
        self,
        cases: CaseReading,
        mechanisms: Mapping[str, IdentityMechanism],
        pins: PinChallenges,
        sms: SmsSender,
    ) -> None:
        self._cases = cases
        self._mechanisms = mechanisms
        self._pins = pins
        self._sms = sms

    @activity.defn
    async def begin_identification(self, order: BeginOrder) -> Begun:
        """Again changes nothing: the reference names what was begun."""
        person = await self._person(order, order.participant)
        return await self._mechanism(order.mechanism).begin(order.procedure, person, order.reference, order.at)

    @activity.defn
    async def complete_identification(self, order: CompleteOrder) -> Verdict:
        """Again gives the same verdict and counts once."""
        person = await self._person(order, order.participant)
        mechanism = self._mechanism(order.mechanism)
        return await mechanism.complete(order.procedure, person, order.reference, order.attempt)

    @activity.defn
    async def advise_on_stills(self, order: AdviseOrder) -> Advice:
        """Again gives the same advice."""
        mechanism = self._mechanism(order.mechanism)
        if not isinstance(mechanism, AdvisingMechanism):
            raise PersonMustAct("mechanism_missing", mechanism=order.mechanism)
        person, at = await self._person(order, order.participant), order.at or datetime.now(UTC)
        return await mechanism.advise(order.procedure, person, order.reference, order.stills, at)

    async def _person(self, order: OnProcedure, participant: ParticipantId) -> Participant:
        return (await self._cases.procedure(order.procedure, order.up_to)).participant(participant)

    def _mechanism(self, code: str) -> IdentityMechanism:
        """Raises `PersonMustAct('mechanism_missing')`: the case began where there was one that this worker lacks."""
        if code not in self._mechanisms:
            raise PersonMustAct("mechanism_missing", mechanism=code)
        return self._mechanisms[code]

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
