"""When the session may be closed and the minutes corrected and approved."""

from collections.abc import Iterator

from domain.commands import ApproveMinutes, CloseSession, CorrectMinutes, RetryStep
from domain.errors import Refusal
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.refusals.minutes import (
    APPROVER_ONLY,
    CORRECTION_EMPTY,
    DRAFT_CHANGED,
    PARAGRAPH_CORRECTED_MEANWHILE,
)
from domain.refusals.procedure import NOTHING_TO_RETRY, OUTCOME_AGAINST_SIGNED, OUTCOME_UNKNOWN
from domain.rules.closing import closing_is_valid
from domain.rules.common import as_authority, as_host, at_stage, nobody_in_private
from domain.rules.cooperation import outcome_fits_answer
from domain.rules.register_entries import refused_by_register
from domain.types.vocabulary import Stage


def may_close_session(procedure: Procedure, command: CloseSession) -> None:
    """Nothing may be left hanging, and nothing may be missing without which the act would be void."""
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION, Stage.PREPARATION, Stage.ANSWERED)
    nobody_in_private(procedure)
    plan = procedure.type.procedure
    if command.outcome not in plan.outcomes:
        raise Refusal(OUTCOME_UNKNOWN, outcome=command.outcome, known=sorted(plan.outcomes))
    outcome_fits_answer(procedure, command.outcome)
    closing_is_valid(procedure, command, command.outcome)
    if command.despite is None:
        _not_against_what_was_signed(procedure, command.outcome)


def _not_against_what_was_signed(procedure: Procedure, outcome: str) -> None:
    """What everybody signed stands: the act ends with what it commits to, or somebody says why it does not hold."""
    for document, outcomes in commitments(procedure):
        if outcome not in outcomes:
            raise Refusal(OUTCOME_AGAINST_SIGNED, document=document.title)


def commitments(procedure: Procedure) -> Iterator[tuple[CaseDocument, tuple[str, ...]]]:
    """Each standing document that everybody signed, with the outcomes to which it commits, where it does.

    What its register refused to end has not ended, whoever signed that it should (law: RDL 6/2023 art. 74.7).
    """
    for document in procedure.standing():
        plan = procedure.type.procedure.document(document.code)
        signers = procedure.asked_to_sign(document)
        kept = plan and plan.entered_in and plan.entered_in.ends and refused_by_register(procedure, document)
        if plan and plan.commits_to and not kept and signers and all(map(document.signed_by, signers)):
            yield document, plan.commits_to


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
