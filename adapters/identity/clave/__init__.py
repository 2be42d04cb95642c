"""Cl@ve as a mechanism: the browser carries a signed request to its page and brings a signed assertion back."""

import asyncio
import base64
import binascii
import logging
import secrets
from datetime import datetime
from xml.etree.ElementTree import Element

from adapters.identity.clave.facts import Facts, statuses_of
from adapters.identity.clave.judging import (
    number_of,
    refuse_another_person,
    refuse_low_assurance,
    refuse_meant_for_others,
    refuse_out_of_time,
)
from adapters.identity.clave.service import ClaveService
from adapters.identity.clave.settings import ClaveSettings
from adapters.identity.clave.shape import Untrusted, refuse_unsigned, root_of
from adapters.identity.tools import Tools
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.ports.exchanges import Exchange, ProviderAnswer
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Participant
from domain.refusals.identity import (
    PROVIDER_ANSWER_REPEATED,
    PROVIDER_ANSWER_UNKNOWN,
    PROVIDER_ANSWER_UNTRUSTED,
    PROVIDER_ASSURANCE_LOW,
    PROVIDER_CANCELLED,
    PROVIDER_FAILED,
)

log = logging.getLogger("identity.clave")

UNSUCCESSFUL = {"RequestDenied": PROVIDER_CANCELLED, "NoAuthnContext": PROVIDER_ASSURANCE_LOW}
"""What a provider says of an identification that came to nothing, and what people are told."""


class Clave:
    def __init__(self, tools: Tools, settings: ClaveSettings) -> None:
        self._tools = tools
        self._settings = settings
        self._service = ClaveService(settings, tools.public_url)

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        """The signed request, kept until the browser comes for it. Again finds the first one."""
        kept = await self._tools.exchanges.find(reference)
        if kept is None:
            message, relay = f"_{secrets.token_hex(20)}", secrets.token_urlsafe(32)
            address, request = await asyncio.to_thread(self._service.request, message)
            asked = Exchange(
                reference=reference,
                procedure=procedure,
                participant=person.id,
                message=message,
                address=address,
                fields={"SAMLRequest": request, "RelayState": relay},
                expires_at=at + self._settings.life,
            )
            kept = await self._tools.exchanges.open(asked, relay)
        return Begun(expires_at=kept.expires_at)

    async def complete(self, procedure: ProcedureId, person: Participant, reference: str, attempt: Attempt) -> Verdict:
        """Raises `Refusal('provider_answer_unknown')` where this browser brought no answer to this identification."""
        answer = await self._tools.exchanges.answer(reference, attempt.answers["receipt"])
        if answer is None:
            raise Refusal(PROVIDER_ANSWER_UNKNOWN)
        try:
            raw, facts = await self._believed(answer)
            await self._use_once(facts, answer, reference, attempt)
            refuse_out_of_time(facts, answer.received_at, self._settings)
            refuse_low_assurance(facts, self._settings)
            refuse_another_person(facts, person)
        except Refusal as refusal:
            return Verdict(verified=False, why=refusal.code)
        evidence = await self._tools.vault.put(procedure, raw, "application/xml")
        return Verdict(verified=True, assurance=facts.assurance, document_number=number_of(facts), evidence=evidence)

    async def _believed(self, answer: ProviderAnswer) -> tuple[bytes, Facts]:
        try:
            raw = base64.b64decode("".join(answer.text.split()), validate=True)
            raw = await asyncio.to_thread(self._service.opened, raw)
            root = root_of(raw)
            self._refuse_unsuccessful(root, answer.message)
            refuse_unsigned(root)
            facts = await asyncio.to_thread(self._service.verified, raw, answer.message)
        except (Untrusted, binascii.Error) as error:
            log.warning("an answer is not believed", extra={"fault": str(error)})
            raise Refusal(PROVIDER_ANSWER_UNTRUSTED) from error
        refuse_meant_for_others(facts, answer.message, self._service.entity, self._service.answer_address)
        return raw, facts

    def _refuse_unsuccessful(self, root: Element, message: str) -> None:
        if (root.get("Destination"), root.get("InResponseTo")) != (self._service.answer_address, message):
            raise Untrusted("meant for somebody else")
        statuses = statuses_of(root)
        if statuses != ("Success",):
            raise Refusal(next((UNSUCCESSFUL[one] for one in statuses if one in UNSUCCESSFUL), PROVIDER_FAILED))

    async def _use_once(self, facts: Facts, answer: ProviderAnswer, reference: str, attempt: Attempt) -> None:
        until = max(facts.good_until, answer.received_at) + self._settings.skew
        for message in (f"assertion {facts.issuer} {facts.id}", f"request {answer.message}"):
            if not await self._tools.exchanges.use(message, reference, attempt.id, until):
                raise Refusal(PROVIDER_ANSWER_REPEATED)

    async def self_check(self) -> None:
        """Its metadata can be read and its keys used; the provider itself is asked by browsers only."""
        await asyncio.to_thread(self._service.check)


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return Clave(tools, ClaveSettings())
