"""Signing by hand on the screen of an office, besides the PIN: written down, or that somebody does without."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import DeclineHandwriting, HandwriteSignature, Receipt
    from domain.events.handwriting import HandwritingDeclined, SignatureHandwritten
    from workflows.commands.handler import handles
    from workflows.engine.case_file import CaseFile


@handles(HandwriteSignature)
async def handwrite_signature(case: CaseFile, command: HandwriteSignature) -> Receipt:
    done = SignatureHandwritten(
        document=command.document,
        document_sha256=command.sha256,
        participant=command.participant,
        handwriting=command.content,
        image_sha256=command.image_sha256,
        key=command.key,
    )
    return await case.record(command, done, sha256=command.content.sha256)


@handles(DeclineHandwriting)
async def decline_handwriting(case: CaseFile, command: DeclineHandwriting) -> Receipt:
    declined = HandwritingDeclined(
        document=command.document, document_sha256=command.sha256, participant=command.participant
    )
    return await case.record(command, declined)
