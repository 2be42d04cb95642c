"""The minutes, from the agenda's data to the sealed document."""

from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.minutes import MinutesWriting
    from activities.orders import DraftedMinutes, DraftMinutes, SealDocument, SignedDocument
    from activities.signing import Signing
    from domain.events.minutes import MinutesDrafted
    from domain.events.signing import DocumentSigned
    from domain.procedure.documents import CaseDocument
    from domain.types.document_plan import WrittenWhen
    from domain.types.vocabulary import SignatureMethod, Stage
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import CRYPTO, DOCUMENTS
    from workflows.engine.waiting import Waiting
    from workflows.writing import write_document


async def draft_minutes(case: CaseFile) -> None:
    """From the agenda's data; nothing is typed twice."""
    order = DraftMinutes(procedure=case.procedure.id, up_to=case.seq, at=case.now())
    drafted: DraftedMinutes = await call_until_done(case, DOCUMENTS, MinutesWriting.draft_minutes, order)
    await case.note(MinutesDrafted(draft=drafted.draft, csv=drafted.csv))


WHO_APPEARED_SIGNS = "who appeared signs"
"""The patch since which nobody waits for the signature of a party who never came (law: LJV art. 145.3)."""


def awaited_signers(case: CaseFile, *, who_appeared: bool) -> list[str]:
    """Who has neither signed the minutes nor refused to."""
    document = _minutes(case)
    asked = case.procedure.asked_to_sign if who_appeared else case.procedure.signers_of
    signers = [signer for signer in asked(document) if signer != "body"]
    return [s for s in signers if not document.signed_by(s) and s not in document.refusals]


async def tell_missing_signatures(case: CaseFile, waiting: Waiting) -> None:
    """Law: LEC art. 145.1.2; who did not sign the minutes, and why, in a document that whoever attests them signs."""
    plans = case.procedure.type.procedure.written(WrittenWhen.UNSIGNED)
    if case.procedure.stage is not Stage.SIGNING or not _minutes(case).refusals:
        return
    for plan in plans:
        if not any(document.code == plan.code for document in case.procedure.documents):
            await write_document(case, plan, None)
        await waiting.until(partial(_is_settled, case, plan.code))


def _is_settled(case: CaseFile, code: str) -> bool:
    procedure = case.procedure
    notes = [document for document in procedure.standing() if document.code == code]
    asked = [(note, signer) for note in notes for signer in procedure.asked_to_sign(note)]
    return procedure.stage is not Stage.SIGNING or all(
        note.signed_by(signer) or signer in note.refusals for note, signer in asked
    )


async def seal_minutes(case: CaseFile) -> None:
    """Law: the seal of the body makes them a judicial document with issuer, date and time (RDL 6/2023 art. 39)."""
    document = _minutes(case)
    if document.signed_by("body"):
        return
    order = SealDocument(procedure=case.procedure.id, up_to=case.seq, document=document.id, at=case.now())
    sealed: SignedDocument = await call_until_done(case, CRYPTO, Signing.seal_document, order)
    await case.note(
        DocumentSigned(
            document=document.id,
            original_sha256=document.original.sha256,
            signed_sha256=sealed.signed.sha256,
            signed=sealed.signed,
            participant="body",
            means=SignatureMethod.SEAL,
            level=sealed.level,
            evidence=sealed.evidence,
        )
    )


def _minutes(case: CaseFile) -> CaseDocument:
    minutes = case.procedure.minutes
    assert minutes is not None and minutes.document is not None
    return case.procedure.document(minutes.document)
