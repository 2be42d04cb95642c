"""Terms that run while a procedure waits: for people to come, and for whoever must go on after an interruption."""

from datetime import timedelta
from typing import NamedTuple

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.events.interruptions import DeadlinePassed, ProcedureInterrupted
    from domain.events.summons import NoShowRecorded, ProcedureCancelled
    from domain.procedure.people import Participant, Presence
    from domain.types.absence import AbsenceEffect, AbsenceRule, rule_for
    from domain.types.procedure_type import DeadlineStart, ExpiryAction
    from domain.types.vocabulary import InterruptionCause, Stage
    from workflows.engine.case_file import CaseFile
    from workflows.engine.waiting import Waiting


ABSENCE_IS_PROPOSED = "absence is proposed"
"""The patch since which a term that passes stops the act, and nothing more."""


class Term(NamedTuple):
    """A deadline that runs."""

    rule: str
    left: timedelta


async def await_people(case: CaseFile, waiting: Waiting, stage: Stage) -> None:
    """Until the procedure leaves `stage`, or the term for coming passes and the type says what follows."""
    term = term_of(case, DeadlineStart.SCHEDULED, ExpiryAction.NO_SHOW)
    judged = case.procedure.absence_judged_for == case.procedure.scheduled_at
    if term is not None and not judged and not await waiting.while_at(stage, term.left):
        absent = [person for person in case.procedure.citizens if person.presence is Presence.EXPECTED]
        if absent:
            await _judge_absence(case, absent)
    await waiting.while_at(stage)


async def _judge_absence(case: CaseFile, absent: list[Participant]) -> None:
    plan = case.procedure.type.procedure
    rule = rule_for(plan.absence, plan.family, {person.role for person in absent})
    if rule is None or rule.effect is AbsenceEffect.WAIT:
        return
    if workflow.patched(ABSENCE_IS_PROPOSED):
        await _propose(case, rule)
        return
    # As up to version 0.2, for histories in which the clock decided.
    await case.note_if(
        lambda: case.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN),
        {
            AbsenceEffect.NO_SHOW: NoShowRecorded(absent=tuple(person.id for person in absent)),
            AbsenceEffect.CANCEL: ProcedureCancelled(reason=rule.reason or "not_held"),
            AbsenceEffect.INTERRUPT: ProcedureInterrupted(
                cause=InterruptionCause.ABSENCE, note="", must_act=case.procedure.hosts[0].role
            ),
        }[rule.effect],
    )


async def _propose(case: CaseFile, rule: AbsenceRule) -> None:
    """The act stops, and whoever holds it decides.

    Law: who does not come may have just cause, which is heard (LJV art. 144.4); what is automatic decides nothing by
    itself, says what it rests on, and can be taken back (RDL 6/2023 art. 56.4).
    """
    await case.note_if(
        lambda: case.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN),
        ProcedureInterrupted(
            cause=InterruptionCause.ABSENCE,
            note="",
            must_act=case.procedure.hosts[0].role,
            proposes=None if rule.effect is AbsenceEffect.INTERRUPT else rule.effect,
            legal_basis=rule.legal_basis,
        ),
    )


async def await_resumption(case: CaseFile, waiting: Waiting) -> None:
    """Until somebody resumes; when the type's term passes first, the console says so."""
    term = term_of(case, DeadlineStart.INTERRUPTED, ExpiryAction.REMIND)
    interruption = case.procedure.interruption
    told = interruption is not None and interruption.overdue is not None
    if term is not None and not told and not await waiting.while_at(Stage.INTERRUPTED, term.left):
        await case.note_if(lambda: case.procedure.stage is Stage.INTERRUPTED, DeadlinePassed(rule=term.rule))
    await waiting.while_at(Stage.INTERRUPTED)


def term_of(case: CaseFile, start: DeadlineStart, action: ExpiryAction) -> Term | None:
    """What is left of the type's deadline of that kind; None when it declares none."""
    interruption = case.procedure.interruption
    begins = interruption.at if interruption else case.procedure.scheduled_at
    for deadline in case.procedure.type.procedure.deadlines:
        if deadline.start is start and deadline.on_expiry is action:
            left = begins + deadline.length - case.now()
            return Term(deadline.rule, max(left, timedelta(milliseconds=1)))
    return None
