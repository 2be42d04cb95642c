"""The person's own certificate as a mechanism: our listener asks for it, and its statement is judged here.

The listener is a process of its own (`python -m adapters.identity.own_certificate`) because the connection itself is
the proof: whoever completes the handshake holds the private key. It decides nothing.
"""

import asyncio
import logging
import secrets
from datetime import datetime
from functools import cached_property

from asn1crypto import x509
from joserfc.jwk import ECKey

from adapters.identity.own_certificate.chain import Authorities, refuse_unbelieved
from adapters.identity.own_certificate.holder import Holder, NobodyNamed, holder_of, is_qualified
from adapters.identity.own_certificate.settings import OwnCertificateSettings
from adapters.identity.own_certificate.statement import NoStatement, Statement, read_key, statement_in
from adapters.identity.tools import Tools
from domain.codes.id_numbers import normalised
from domain.codes.names import words_of
from domain.errors import Refusal
from domain.ids import ProcedureId
from domain.ports.exchanges import Exchange, ProviderAnswer
from domain.ports.identity import Attempt, Begun, IdentityMechanism, Verdict
from domain.procedure.people import Participant
from domain.refusals.identity import (
    CERTIFICATE_NOT_QUALIFIED,
    CERTIFICATE_NOT_SHOWN,
    CERTIFICATE_UNSUITABLE,
    PROVIDER_ANSWER_OUT_OF_TIME,
    PROVIDER_ANSWER_REPEATED,
    PROVIDER_ANSWER_UNKNOWN,
    PROVIDER_ANSWER_UNTRUSTED,
    PROVIDER_NAME_DIFFERS,
    PROVIDER_NOT_SET_UP,
    PROVIDER_NUMBER_DIFFERS,
)

log = logging.getLogger("identity.own_certificate")


class OwnCertificate:
    def __init__(self, tools: Tools, settings: OwnCertificateSettings) -> None:
        self._tools = tools
        self._settings = settings
        self._audience = f"{tools.public_url}/identity/own_certificate/answer"

    async def begin(self, procedure: ProcedureId, person: Participant, reference: str, at: datetime) -> Begun:
        """The request, kept until the browser comes for it. Again finds the first one."""
        self._refuse_not_set_up()
        kept = await self._tools.exchanges.find(reference)
        if kept is None:
            message, relay = secrets.token_hex(20), secrets.token_urlsafe(32)
            asked = Exchange(
                reference=reference,
                procedure=procedure,
                participant=person.id,
                message=message,
                address=f"{self._settings.address}/",
                fields={"request": message, "state": relay},
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
            said = await self._believed(answer)
            await self._use_once(said, answer, reference, attempt)
            holder = await self._holder(said)
            _refuse_another_person(holder, person)
        except Refusal as refusal:
            return Verdict(verified=False, why=refusal.code)
        evidence = await self._tools.vault.put(procedure, answer.text.encode(), "application/jose")
        return Verdict(verified=True, document_number=holder.number, evidence=evidence)

    async def _believed(self, answer: ProviderAnswer) -> Statement:
        self._refuse_not_set_up()
        try:
            said = statement_in(answer.text, self._files[0])
        except NoStatement as error:
            log.warning("a statement is not believed", extra={"fault": str(error)})
            raise Refusal(PROVIDER_ANSWER_UNTRUSTED) from error
        if (said.issuer, said.audience, said.request) != (self._settings.address, self._audience, answer.message):
            raise Refusal(PROVIDER_ANSWER_UNTRUSTED)
        earliest, latest = answer.received_at - self._settings.life, answer.received_at + self._settings.skew
        if not earliest <= said.at <= latest:
            raise Refusal(PROVIDER_ANSWER_OUT_OF_TIME)
        return said

    async def _use_once(self, said: Statement, answer: ProviderAnswer, reference: str, attempt: Attempt) -> None:
        until = answer.received_at + self._settings.life + self._settings.skew
        for message in (f"handshake {said.handshake}", f"certificate request {answer.message}"):
            if not await self._tools.exchanges.use(message, reference, attempt.id, until):
                raise Refusal(PROVIDER_ANSWER_REPEATED)

    async def _holder(self, said: Statement) -> Holder:
        if not said.certificate:
            raise Refusal(CERTIFICATE_NOT_SHOWN)
        try:
            certificate = x509.Certificate.load(said.certificate, strict=True)
            await refuse_unbelieved(certificate, said.status, said.at, self._files[1])
            if self._settings.qualified_only and not is_qualified(certificate):
                raise Refusal(CERTIFICATE_NOT_QUALIFIED)
            return holder_of(certificate)
        except (NobodyNamed, ValueError, TypeError) as error:
            raise Refusal(CERTIFICATE_UNSUITABLE) from error

    async def self_check(self) -> None:
        """That the files are there and can be read. Raises `Refusal('provider_not_set_up')`."""
        self._refuse_not_set_up()
        await asyncio.to_thread(lambda: self._files)

    def _refuse_not_set_up(self) -> None:
        if not self._settings.complete:
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="own_certificate")

    @cached_property
    def _files(self) -> tuple[ECKey, Authorities]:
        key, authorities = self._settings.statement_key_file, self._settings.authorities_file
        assert key is not None and authorities is not None
        try:
            return read_key(key), Authorities.read(authorities)
        except (OSError, ValueError) as error:
            log.error("a file of the connection cannot be used", extra={"kind": type(error).__name__})
            raise Refusal(PROVIDER_NOT_SET_UP, mechanism="own_certificate") from error


def _refuse_another_person(holder: Holder, person: Participant) -> None:
    """Raises `Refusal('provider_number_differs')` or `Refusal('provider_name_differs')`."""
    if person.document_number and normalised(person.document_number) != holder.number:
        raise Refusal(PROVIDER_NUMBER_DIFFERS)
    if words_of(person.name) != words_of(holder.name):
        raise Refusal(PROVIDER_NAME_DIFFERS)


def open_mechanism(tools: Tools) -> IdentityMechanism:
    return OwnCertificate(tools, OwnCertificateSettings())
