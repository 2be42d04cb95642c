"""Terms that run while a procedure waits: for people to come, and for whoever must go on after an interruption."""

from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.term_orders import ReckonedTerm, ReckonTerm
    from activities.terms import Terms
    from domain.events.interruptions import DeadlinePassed, ProcedureInterrupted, TermReckoned
    from domain.events.summons import NoShowRecorded, ProcedureCancelled
    from domain.procedure.people import Participant, Presence
    from domain.rules.terms import places
    from domain.types.absence import AbsenceEffect, AbsenceRule, rule_for
    from domain.types.procedure_type import Deadline, DeadlineStart, ExpiryAction
    from domain.types.vocabulary import InterruptionCause, Stage
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import PROCEDURES
    from workflows.engine.waiting import Waiting


ABSENCE_IS_PROPOSED = "absence is proposed"
"""The patch since which a term that passes stops the act, and nothing more."""


TERMS_IN_WORKING_DAYS = "terms in working days"
"""The patch since which a term that its type counts in working days is reckoned with the calendar of the place."""


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
    await _reckon(case)
    term = term_of(case, DeadlineStart.INTERRUPTED, ExpiryAction.REMIND)
    interruption = case.procedure.interruption
    told = interruption is not None and interruption.overdue is not None
    if term is not None and not told and not await waiting.while_at(Stage.INTERRUPTED, term.left):
        await case.note_if(lambda: case.procedure.stage is Stage.INTERRUPTED, DeadlinePassed(rule=term.rule))
    await waiting.while_at(Stage.INTERRUPTED)


async def _reckon(case: CaseFile) -> None:
    """Law: LEC art. 133.2 and Ley 39/2015 art. 30.2, working days alone count, and which they are the place says."""
    deadline = _declared(case, DeadlineStart.INTERRUPTED, ExpiryAction.REMIND)
    if deadline is None or not deadline.in_working_days or not workflow.patched(TERMS_IN_WORKING_DAYS):
        return
    while (stopped := case.procedure.interruption) is not None and stopped.due_at is None:
        event = await _reckoned(case, deadline, stopped.at)
        await case.note_if(partial(_still_stopped, case, stopped.at), event)


def _still_stopped(case: CaseFile, since: datetime) -> bool:
    return case.procedure.interruption is not None and case.procedure.interruption.at == since


async def _reckoned(case: CaseFile, deadline: Deadline, begins: datetime) -> TermReckoned:
    assert deadline.days is not None
    order = ReckonTerm(
        administration=case.procedure.administration,
        offices=places(case.procedure, deadline.days),
        begins=begins,
        length=deadline.length.days,
        days=deadline.days,
    )
    found: ReckonedTerm = await call_until_done(case, PROCEDURES, Terms.reckon_term, order)
    return TermReckoned(rule=deadline.rule, days=order.days, length=order.length, **found.model_dump())


def term_of(case: CaseFile, start: DeadlineStart, action: ExpiryAction) -> Term | None:
    """What is left of the type's deadline of that kind; None when it declares none."""
    deadline, interruption = _declared(case, start, action), case.procedure.interruption
    if deadline is None:
        return None
    begins = interruption.at if interruption else case.procedure.scheduled_at
    due_at = (interruption and interruption.due_at) or begins + deadline.length
    return Term(deadline.rule, max(due_at - case.now(), timedelta(milliseconds=1)))


def _declared(case: CaseFile, start: DeadlineStart, action: ExpiryAction) -> Deadline | None:
    declared = case.procedure.type.procedure.deadlines
    return next((one for one in declared if one.start is start and one.on_expiry is action), None)
