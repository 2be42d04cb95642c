"""When the session may be closed and the minutes corrected and approved."""

from domain.commands import ApproveMinutes, CloseSession, CorrectMinutes, RetryStep
from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.refusals.minutes import APPROVER_ONLY, CORRECTION_EMPTY, DRAFT_CHANGED
from domain.refusals.procedure import NOTHING_TO_RETRY, OUTCOME_UNKNOWN
from domain.rules.common import as_authority, as_host, at_stage
from domain.rules.validity import closing_is_valid
from domain.types.vocabulary import Stage


def may_close_session(procedure: Procedure, command: CloseSession) -> None:
    """Nothing may be left hanging, and nothing may be missing without which the act would be void."""
    as_host(procedure, command)
    at_stage(procedure, Stage.IN_SESSION)
    plan = procedure.type.procedure
    if command.outcome not in plan.outcomes:
        raise Refusal(OUTCOME_UNKNOWN, outcome=command.outcome, known=sorted(plan.outcomes))
    closing_is_valid(procedure, command, command.outcome)


def may_correct_minutes(procedure: Procedure, command: CorrectMinutes) -> None:
    as_authority(procedure, command)
    at_stage(procedure, Stage.APPROVAL)
    if not command.after.strip():
        raise Refusal(CORRECTION_EMPTY)


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
