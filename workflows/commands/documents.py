"""Acts on documents: brought, shown, read page by page, signed without a certificate, refused."""

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
        RecordMissingSignature,
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
    from domain.events.signing import DocumentSigned, MissingSignatureRecorded, SignatureAuthenticated, SignatureRefused
    from domain.rules import signing as rules
    from domain.types.vocabulary import IdentityMethod, SignatureMethod, SignerAuthentication
    from workflows.commands.handler import handles
    from workflows.commands.identity import judge_pin
    from workflows.engine.calls import call_for_caller, call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import DEPOSIT_LIMIT, TAKE_IN_LIMIT
    from workflows.engine.queues import CRYPTO, DOCUMENTS
    from workflows.engine.refusals import code_of, is_refused_by_a_rule, params_of


@handles(DepositDocument)
async def deposit_document(case: CaseFile, command: DepositDocument) -> Receipt:
    order = TakeInDocument(
        procedure=case.procedure.id,
        up_to=case.seq,
        id=f"d{len(case.procedure.documents) + 1}",
        raw=command.raw,
        code=command.code,
        title=command.title,
        depositor=command.depositor,
        item=command.item,
        at=case.now(),
    )
    try:
        fixed: FixedInFile = await call_for_caller(
            DOCUMENTS, Documents.take_in_document, order, attempt_limit=TAKE_IN_LIMIT, limit=DEPOSIT_LIMIT
        )
    except ActivityError as error:
        if is_refused_by_a_rule(error):
            await case.record_effect(command, _refused(command, error))
        raise
    async with case.filing:
        document = fixed.document.but(id=f"d{len(case.procedure.documents) + 1}")
        return await case.record(
            command,
            DocumentDeposited(document=document),
            document=document.id,
            sha256=document.original.sha256,
            pages=document.original.pages,
        )


def _refused(command: DepositDocument, error: ActivityError) -> DocumentRefused:
    told = params_of(error)
    part = told.get("part")
    if not isinstance(part, int) or not 1 <= part <= len(command.raw):
        part = None
    return DocumentRefused(
        raw=command.raw[part - 1 if part else 0], reason=code_of(error), part=part, found=told.get("found")
    )


@handles(PresentDocument)
async def present_document(case: CaseFile, command: PresentDocument) -> Receipt:
    sha256 = case.procedure.document(command.document).original.sha256
    return await case.record(command, DocumentPresented(document=command.document, sha256=sha256, to=command.to))


@handles(ReadPage)
async def read_page(case: CaseFile, command: ReadPage) -> Receipt:
    read = DocumentPageRead(
        document=command.document,
        document_sha256=command.sha256,
        participant=command.participant,
        page=command.page,
    )
    return await case.record(command, read)


@handles(UnderstandDocument)
async def understand_document(case: CaseFile, command: UnderstandDocument) -> Receipt:
    understood = DocumentUnderstood(document=command.document, sha256=command.sha256, participant=command.participant)
    return await case.record(command, understood)


SAYS_HOW_SHOWN = "says how the signer showed who they are"
NOTHING_REWRITTEN_IS_SIGNED = "nothing rewritten is signed"
"""The patch since which what was written anew is not signed any more: closing asked for it before."""


@handles(SignDocument)
async def sign_document(case: CaseFile, command: SignDocument) -> Receipt:
    _still_stands(case, command.document)
    await judge_pin(case, command, command.participant, command.challenge, command.proof)
    authenticated = SignatureAuthenticated(
        document=command.document,
        document_sha256=command.sha256,
        participant=command.participant,
        mechanism=IdentityMethod.PIN_TO_MOBILE.value,
        reference=command.challenge,
    )
    await case.record(command, authenticated)
    async with case.signing:
        # While an earlier signature waited for the world, the same person may have authenticated once more.
        rules.not_signed_yet(case.procedure.document(command.document), command.participant)
        order = SignAsCitizen(
            procedure=case.procedure.id,
            up_to=case.seq,
            document=command.document,
            participant=command.participant,
            challenge=command.challenge,
            at=case.now(),
        )
        signed: SignedDocument = await call_until_done(case, CRYPTO, Signing.sign_as_citizen, order)
        return await _signed(case, command, signed, SignatureMethod.AUTHENTICATED_ACT)


@handles(SignWithCertificate)
async def sign_with_certificate(case: CaseFile, command: SignWithCertificate) -> Receipt:
    _still_stands(case, command.document)
    async with case.signing:
        rules.may_sign_with_certificate(case.procedure, command)
        order = SignAsOfficial(
            procedure=case.procedure.id,
            up_to=case.seq,
            document=command.document,
            participant=command.participant,
            authenticated_at=command.authenticated_at,
            at=case.now(),
        )
        signed: SignedDocument = await call_for_caller(CRYPTO, Signing.sign_as_official, order)
        told = command.authenticated_by is not None and workflow.patched(SAYS_HOW_SHOWN)
        by = command.authenticated_by if told else None
        return await _signed(case, command, signed, SignatureMethod.OWN_CERTIFICATE, by)


@handles(RecordMissingSignature)
async def record_missing_signature(case: CaseFile, command: RecordMissingSignature) -> Receipt:
    missing = MissingSignatureRecorded(
        document=command.document,
        sha256=case.procedure.document(command.document).original.sha256,
        participant=command.participant,
        reason=command.reason,
    )
    return await case.record(command, missing)


@handles(RefuseSignature)
async def refuse_signature(case: CaseFile, command: RefuseSignature) -> Receipt:
    refused = SignatureRefused(
        document=command.document,
        sha256=case.procedure.document(command.document).original.sha256,
        participant=command.participant,
        reason=command.reason,
    )
    return await case.record(command, refused)


def _still_stands(case: CaseFile, document: str) -> None:
    if workflow.patched(NOTHING_REWRITTEN_IS_SIGNED):
        rules.still_stands(case.procedure, case.procedure.document(document))


async def _signed(
    case: CaseFile,
    command: SignDocument | SignWithCertificate,
    signed: SignedDocument,
    method: SignatureMethod,
    authenticated_by: SignerAuthentication | None = None,
) -> Receipt:
    document = case.procedure.document(command.document)
    event = DocumentSigned(
        document=document.id,
        original_sha256=document.original.sha256,
        signed_sha256=signed.signed.sha256,
        signed=signed.signed,
        participant=command.participant,
        means=method,
        level=signed.level,
        evidence=signed.evidence,
        authenticated_by=authenticated_by,
    )
    return await case.record_effect(command, event, sha256=signed.signed.sha256)
