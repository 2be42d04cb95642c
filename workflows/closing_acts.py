"""Acts of stopping, going on, adjourning, calling off; of ending the session and approving its minutes."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.minutes import MinutesWriting
    from activities.orders import FixedInFile, SetMinutes
    from domain.commands import (
        AdjournProcedure,
        ApproveMinutes,
        CancelProcedure,
        CloseSession,
        CorrectMinutes,
        InterruptProcedure,
        Receipt,
        ResumeProcedure,
        RetryStep,
    )
    from domain.events.base import Event
    from domain.events.closing import AddressCorrected, TroubleReported
    from domain.events.identity import IdentityLapsed
    from domain.events.interruptions import ProcedureInterrupted, ProcedureResumed
    from domain.events.minutes import MinutesApproved, MinutesCorrected, SessionClosed
    from domain.events.summons import ProcedureAdjourned, ProcedureCancelled
    from domain.procedure.people import Participant
    from domain.rules import interruptions, minutes
    from domain.types.vocabulary import InterruptionCause
    from workflows.acts import act
    from workflows.document_acts import DocumentActs
    from workflows.queues import DOCUMENTS

KEEPS_IDENTITY = (InterruptionCause.RECESS, InterruptionCause.EXTERNAL_SYSTEM_DOWN)
"""In these everybody stays before the camera; any other stop makes identities lapse."""


class ClosingActs(DocumentActs):
    """How it stops, goes on and ends."""

    @act(interruptions.may_interrupt_procedure)
    async def interrupt_procedure(self, command: InterruptProcedure) -> Receipt:
        lapsing = [] if command.cause in KEEPS_IDENTITY else self._verified()
        running = self.procedure.open_item()
        interrupted = ProcedureInterrupted(
            cause=command.cause,
            note=command.note,
            must_act=command.must_act,
            repeats=tuple(person.id for person in lapsing),
            item=running.id if running else None,
            field=command.field,
            planned_end=command.planned_end,
        )
        lapses: list[Event] = [IdentityLapsed(participant=p.id, cause=command.cause.value) for p in lapsing]
        return await self.record(command, *lapses, interrupted, rule=interruptions.may_interrupt_procedure)

    def _verified(self) -> list[Participant]:
        policy = self.procedure.type.procedure.identity
        return [person for person in self.procedure.citizens if person.identity.satisfies(policy)]

    @act(interruptions.may_resume_procedure)
    async def resume_procedure(self, command: ResumeProcedure) -> Receipt:
        return await self.record(command, ProcedureResumed(), rule=interruptions.may_resume_procedure)

    @act(interruptions.may_adjourn_procedure)
    async def adjourn_procedure(self, command: AdjournProcedure) -> Receipt:
        adjourned = ProcedureAdjourned(reason=command.reason, new_date=command.new_date)
        return await self.record(command, adjourned, rule=interruptions.may_adjourn_procedure)

    @act(interruptions.may_cancel_procedure)
    async def cancel_procedure(self, command: CancelProcedure) -> Receipt:
        cancelled = ProcedureCancelled(reason=command.reason)
        return await self.record(command, cancelled, rule=interruptions.may_cancel_procedure)

    @act(minutes.may_close_session)
    async def close_session(self, command: CloseSession) -> Receipt:
        return await self.record(command, SessionClosed(outcome=command.outcome), rule=minutes.may_close_session)

    @act(minutes.may_correct_minutes)
    async def correct_minutes(self, command: CorrectMinutes) -> Receipt:
        corrected = MinutesCorrected(
            block=command.block, before=command.before, after=command.after, reason=command.reason
        )
        return await self.record(command, corrected, rule=minutes.may_correct_minutes)

    @act(minutes.may_approve_minutes)
    async def approve_minutes(self, command: ApproveMinutes) -> Receipt:
        order = SetMinutes(
            procedure=self.procedure.id,
            up_to=self.seq,
            id=f"d{len(self.procedure.documents) + 1}",
            at=self.now(),
        )
        fixed: FixedInFile = await self.ask(DOCUMENTS, MinutesWriting.set_minutes, order)
        approved = MinutesApproved(document=fixed.document)
        return await self.record(command, approved, rule=minutes.may_approve_minutes)

    @act(minutes.may_retry_step)
    async def retry_step(self, command: RetryStep) -> Receipt:
        events: list[Event] = [TroubleReported(code=None)]
        if command.participant and command.email:
            events.append(AddressCorrected(participant=command.participant, email=command.email))
        receipt = await self.record(command, *events, rule=minutes.may_retry_step)
        self.settled += 1
        return receipt
