"""When the session may be closed and the minutes corrected and approved."""

from collections.abc import Iterator

from domain.commands import ApproveMinutes, CloseSession, CorrectMinutes, RetryStep
from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.people import Presence
from domain.procedure.state import Procedure
from domain.refusals.agenda import ITEM_STILL_OPEN, ITEMS_PENDING
from domain.refusals.documents import DOCUMENT_MISSING
from domain.refusals.minutes import (
    APPROVER_ONLY,
    CORRECTION_EMPTY,
    DRAFT_CHANGED,
    PARAGRAPH_CORRECTED_MEANWHILE,
)
from domain.refusals.procedure import NOTHING_TO_RETRY, OUTCOME_AGAINST_SIGNED, OUTCOME_UNKNOWN
from domain.refusals.signing import SIGNATURE_PENDING
from domain.rules.common import as_authority, as_host, at_stage, identified
from domain.types.vocabulary import DocumentSource, ItemState, Stage


def may_close_session(procedure: Procedure, command: CloseSession) -> None:
    """Nothing may be left hanging: no open point, no document waiting for a signature that the plan wants."""
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION)
    plan = procedure.type.procedure
    if command.outcome not in plan.outcomes:
        raise Refusal(OUTCOME_UNKNOWN, outcome=command.outcome, known=sorted(plan.outcomes))
    if open_item := procedure.open_item():
        raise Refusal(ITEM_STILL_OPEN, item=open_item.code)
    waiting = [
        item.code
        for item, line in zip(procedure.agenda, plan.agenda.planned, strict=False)
        if item.state in (ItemState.PLANNED, ItemState.SUSPENDED) and not line.optional
    ]
    waiting += [
        item.code for item in procedure.agenda if item.state is ItemState.SUSPENDED and item.code not in waiting
    ]
    if waiting:
        raise Refusal(ITEMS_PENDING, items=waiting)
    for person in procedure.citizens:
        if person.presence in (Presence.ADMITTED, Presence.CONNECTED):
            identified(procedure, person)
    _documents_are_settled(procedure)
    if command.despite is None:
        _not_against_what_was_signed(procedure, command.outcome)


def _not_against_what_was_signed(procedure: Procedure, outcome: str) -> None:
    """What everybody signed stands: the act ends with what it commits to, or somebody says why it does not hold."""
    for document, outcomes in commitments(procedure):
        if outcome not in outcomes:
            raise Refusal(OUTCOME_AGAINST_SIGNED, document=document.title)


def commitments(procedure: Procedure) -> Iterator[tuple[CaseDocument, tuple[str, ...]]]:
    """Each standing document that everybody signed, with the outcomes to which it commits, where it does."""
    for document in procedure.standing():
        plan = procedure.type.procedure.document(document.code)
        signers = [signer for signer in procedure.signers_of(document) if signer != "body"]
        if plan and plan.commits_to and signers and all(map(document.signed_by, signers)):
            yield document, plan.commits_to


def _documents_are_settled(procedure: Procedure) -> None:
    for document in procedure.documents:
        for signer in procedure.signers_of(document):
            if signer != "body" and not document.signed_by(signer) and signer not in document.refusals:
                raise Refusal(SIGNATURE_PENDING, document=document.title, signer=signer)
    present = {document.code for document in procedure.documents}
    for plan in procedure.type.procedure.documents:
        if plan.required and plan.source is DocumentSource.DEPOSITED and plan.code not in present:
            raise Refusal(DOCUMENT_MISSING, document=plan.code)


def may_correct_minutes(procedure: Procedure, command: CorrectMinutes) -> None:
    as_authority(procedure, command)
    at_stage(procedure, Stage.APPROVAL)
    if not command.after.strip():
        raise Refusal(CORRECTION_EMPTY)
    known = procedure.minutes.corrections if procedure.minutes else ()
    revision = sum(correction.block == command.block for correction in known)
    if command.revision is not None and command.revision != revision:
        raise Refusal(PARAGRAPH_CORRECTED_MEANWHILE, block=command.block, revision=revision)


def may_approve_minutes(procedure: Procedure, command: ApproveMinutes) -> None:
    """Only the role that the type names, and only the words that were on its screen."""
    person = as_authority(procedure, command)
    at_stage(procedure, Stage.APPROVAL)
    if person.role != procedure.type.procedure.minutes.approver:
        raise Refusal(APPROVER_ONLY, role=procedure.type.procedure.minutes.approver)
    minutes = procedure.minutes
    if minutes is None or minutes.draft.sha256 != command.draft or len(minutes.corrections) != command.corrections:
        raise Refusal(DRAFT_CHANGED)


def may_retry_step(procedure: Procedure, command: RetryStep) -> None:
    as_authority(procedure, command)
    if procedure.trouble is None:
        raise Refusal(NOTHING_TO_RETRY)
    if command.participant is not None:
        procedure.participant(command.participant)
