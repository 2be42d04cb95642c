"""Acts on documents: brought, shown, read page by page, signed without a certificate, refused."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.documents import Documents
    from activities.orders import FixedInFile, SignAsCitizen, SignAsOfficial, SignedDocument, TakeInDocument
    from activities.signing import Signing
    from domain.commands import (
        DepositDocument,
        PresentDocument,
        ReadPage,
        Receipt,
        RefuseSignature,
        SignDocument,
        SignWithCertificate,
        UnderstandDocument,
    )
    from domain.events.documents import (
        DocumentDeposited,
        DocumentPageRead,
        DocumentPresented,
        DocumentRefused,
        DocumentUnderstood,
    )
    from domain.events.signing import DocumentSigned, SignatureAuthenticated, SignatureRefused
    from domain.rules import signing as rules
    from domain.types.vocabulary import IdentityMethod, SignatureMethod
    from workflows.acts import act
    from workflows.agenda_acts import AgendaActs
    from workflows.queues import CRYPTO, DOCUMENTS
    from workflows.refusals import code_of


class DocumentActs(AgendaActs):
    """What is read and signed. One signature at a time: each is a revision upon the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.signing = asyncio.Lock()

    @act(rules.may_deposit_document)
    async def deposit_document(self, command: DepositDocument) -> Receipt:
        order = TakeInDocument(
            procedure=self.procedure.id,
            up_to=self.seq,
            id=f"d{len(self.procedure.documents) + 1}",
            raw=command.raw,
            code=command.code,
            title=command.title,
            depositor=command.depositor,
            item=command.item,
            at=self.now(),
        )
        try:
            fixed: FixedInFile = await self.ask(DOCUMENTS, Documents.take_in_document, order)
        except ActivityError as error:
            if (code := code_of(error)) != "outside_unavailable":
                await self.record(command, DocumentRefused(raw=command.raw[0], reason=code))
            raise
        async with self.filing:
            document = fixed.document.but(id=f"d{len(self.procedure.documents) + 1}")
            return await self.record(
                command,
                DocumentDeposited(document=document),
                rule=rules.may_deposit_document,
                document=document.id,
                sha256=document.original.sha256,
                pages=document.original.pages,
            )

    @act(rules.may_present_document)
    async def present_document(self, command: PresentDocument) -> Receipt:
        sha256 = self.procedure.document(command.document).original.sha256
        return await self.record(command, DocumentPresented(document=command.document, sha256=sha256, to=command.to))

    @act(rules.may_read_page)
    async def read_page(self, command: ReadPage) -> Receipt:
        read = DocumentPageRead(
            document=command.document,
            document_sha256=command.sha256,
            participant=command.participant,
            page=command.page,
        )
        return await self.record(command, read, rule=rules.may_read_page)

    @act(rules.may_understand_document)
    async def understand_document(self, command: UnderstandDocument) -> Receipt:
        understood = DocumentUnderstood(
            document=command.document, sha256=command.sha256, participant=command.participant
        )
        return await self.record(command, understood, rule=rules.may_understand_document)

    @act(rules.may_sign_document)
    async def sign_document(self, command: SignDocument) -> Receipt:
        await self.judge_pin(command, command.participant, command.challenge, command.proof)
        authenticated = SignatureAuthenticated(
            document=command.document,
            document_sha256=command.sha256,
            participant=command.participant,
            mechanism=IdentityMethod.PIN_TO_MOBILE.value,
            reference=command.challenge,
        )
        await self.record(command, authenticated, rule=rules.may_sign_document)
        async with self.signing:
            # While an earlier signature waited for the world, the same person may have authenticated once more.
            rules.not_signed_yet(self.procedure.document(command.document), command.participant)
            order = SignAsCitizen(
                procedure=self.procedure.id,
                up_to=self.seq,
                document=command.document,
                participant=command.participant,
                challenge=command.challenge,
                at=self.now(),
            )
            signed: SignedDocument = await self.insist(CRYPTO, Signing.sign_as_citizen, order)
            return await self._signed(command, signed, SignatureMethod.AUTHENTICATED_ACT)

    @act(rules.may_sign_with_certificate)
    async def sign_with_certificate(self, command: SignWithCertificate) -> Receipt:
        async with self.signing:
            rules.may_sign_with_certificate(self.procedure, command)
            order = SignAsOfficial(
                procedure=self.procedure.id,
                up_to=self.seq,
                document=command.document,
                participant=command.participant,
                authenticated_at=command.authenticated_at,
                at=self.now(),
            )
            signed: SignedDocument = await self.ask(CRYPTO, Signing.sign_as_official, order)
            return await self._signed(command, signed, SignatureMethod.OWN_CERTIFICATE)

    @act(rules.may_refuse_signature)
    async def refuse_signature(self, command: RefuseSignature) -> Receipt:
        refused = SignatureRefused(
            document=command.document,
            sha256=self.procedure.document(command.document).original.sha256,
            participant=command.participant,
            reason=command.reason,
        )
        return await self.record(command, refused, rule=rules.may_refuse_signature)

    async def _signed(
        self, command: SignDocument | SignWithCertificate, fruit: SignedDocument, method: SignatureMethod
    ) -> Receipt:
        document = self.procedure.document(command.document)
        signed = DocumentSigned(
            document=document.id,
            original_sha256=document.original.sha256,
            signed_sha256=fruit.signed.sha256,
            signed=fruit.signed,
            participant=command.participant,
            means=method,
            level=fruit.level,
            evidence=fruit.evidence,
        )
        return await self.record(command, signed, sha256=fruit.signed.sha256)
