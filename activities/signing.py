"""Signatures and seals: a citizen's authenticated act, an official's certificate, the body's seal."""

import asyncio

from temporalio import activity

from activities.orders import SealDocument, SignAsCitizen, SignAsOfficial, SignedDocument
from activities.signature_records import (
    SignatureWords,
    authenticated_act_record,
    authentication_instant,
    handwriting_fields,
    record_id,
)
from domain.errors import PersonMustAct
from domain.ids import AdministrationId
from domain.installation import StaffDirectory
from domain.ports.documents import DocumentVault
from domain.ports.signing import Holder, SignatureRequest, Signer
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.handwriting import HandwrittenSignature
from domain.procedure.state import Procedure
from domain.reading import CaseReading
from domain.types.signature_levels import SignatureLevel
from domain.types.territory import Administration, Body
from evidence.signature_record import attachment_name, record_bytes


class Signing:
    """One accepted signature per (document, signer): the first that reaches the vault is the one (I3)."""

    def __init__(
        self,
        cases: CaseReading,
        vault: DocumentVault,
        signer: Signer,
        accounts: StaffDirectory,
        administrations: dict[AdministrationId, Administration],
    ) -> None:
        self._cases = cases
        self._vault = vault
        self._signer = signer
        self._accounts = accounts
        self._administrations = administrations

    @activity.defn
    async def sign_as_citizen(self, order: SignAsCitizen) -> SignedDocument:
        """Law: RDL 6/2023 art. 60.7; the record says who, how and when, and travels inside the signed document."""
        entries = await self._cases.entries(order.procedure, order.up_to)
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        document = procedure.document(order.document)
        person = procedure.participant(order.participant)
        authenticated = authentication_instant(entries, order.challenge)
        written = await self._handwriting(order, document)
        told = authenticated_act_record(procedure, document, person, order.challenge, order.at, authenticated)
        record = record_bytes({**told, **handwriting_fields(document, person.id)})
        words = SignatureWords(procedure, self._administrations[procedure.administration])
        request = SignatureRequest(
            field_name=f"act-{person.id}",
            certificate=self._body(procedure).acts_certificate,
            reason=words.reason_of_act(procedure, person),
            appearance=words.lines_of_act(procedure, person, order.at, by_hand=written is not None),
            drawing=written.bitmap if written else None,
            slot=len(document.signatures),
            level=planned_level(procedure, document, person.role),
            record=(attachment_name(record_id(document, person.id)), record),
        )
        name = f"{document.id}/signature-record-{person.id}"
        kept = await self._vault.put_once(order.procedure, name, record, "application/json")
        signed = await self._sign(procedure, document, person.id, request)
        return SignedDocument(signed=signed, level=request.level.value, evidence=kept)

    async def _handwriting(self, order: SignAsCitizen, document: CaseDocument) -> HandwrittenSignature | None:
        done = document.handwriting_by(order.participant)
        if done is None or done.content is None:
            return None
        return HandwrittenSignature.model_validate_json(await self._vault.get(order.procedure, done.content))

    @activity.defn
    async def sign_as_official(self, order: SignAsOfficial) -> SignedDocument:
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        document = procedure.document(order.document)
        person = procedure.participant(order.participant)
        account = await self._accounts.get(person.account) if person.account else None
        if account is None or account.certificate is None:
            raise PersonMustAct("no_certificate", participant=person.id)
        words = SignatureWords(procedure, self._administrations[procedure.administration])
        request = SignatureRequest(
            field_name=f"certificate-{person.id}",
            certificate=account.certificate,
            holder=Holder(name=person.name, document_number=person.document_number),
            reason=words.reason_of_certificate(procedure, person),
            appearance=words.lines_of_certificate(procedure, person, order.at),
            slot=len(document.signatures),
            level=planned_level(procedure, document, person.role),
        )
        signed = await self._sign(procedure, document, person.id, request)
        return SignedDocument(signed=signed, level=request.level.value)

    @activity.defn
    async def seal_document(self, order: SealDocument) -> SignedDocument:
        procedure = await self._cases.procedure(order.procedure, order.up_to)
        document = procedure.document(order.document)
        body = self._body(procedure)
        words = SignatureWords(procedure, self._administrations[procedure.administration])
        request = SignatureRequest(
            field_name="seal-body",
            certificate=body.seal,
            reason=words.reason_of_seal(body),
            appearance=words.lines_of_seal(body, order.at),
            slot=len(document.signatures),
            level=planned_level(procedure, document, "body"),
        )
        signed = await self._sign(procedure, document, "body", request)
        return SignedDocument(signed=signed, level=request.level.value)

    def _body(self, procedure: Procedure) -> Body:
        bodies = self._administrations[procedure.administration].bodies
        return next(body for body in bodies if body.id == procedure.body)

    async def _sign(
        self, procedure: Procedure, document: CaseDocument, signer: str, request: SignatureRequest
    ) -> DocumentRef:
        name = signed_name(document, signer)
        done, clear = await asyncio.gather(
            self._vault.find(procedure.id, name), self._vault.get(procedure.id, document.current)
        )
        if done is not None:
            return done
        signed = await self._signer.sign_pdf(clear, request)
        return await self._vault.put_once(
            procedure.id, name, signed, document.current.media_type, pages=document.current.pages
        )


def planned_level(procedure: Procedure, document: CaseDocument, signer: str) -> SignatureLevel:
    """The level that the type declares for that signer; it is what is asked of the signer and what the journal says."""
    plan = procedure.type.procedure.signature(document.code, signer)
    if plan is None:
        raise PersonMustAct("signature_not_planned", document=document.title)
    return plan.level


def signed_name(document: CaseDocument, signer: str) -> str:
    """Where the one accepted signature of `signer` on `document` is kept: a second one finds the place taken."""
    return f"{document.original.sha256}/signed-by-{signer}"
