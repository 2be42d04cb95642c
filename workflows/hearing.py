"""Oral hearings before a judge."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.events.interruptions import ProcedureInterrupted
    from domain.ids import ParticipantId
    from domain.types.vocabulary import InterruptionCause, Stage
    from workflows.messages import HoldProcedure, Outcome
    from workflows.procedure import ProcedureStory


@workflow.defn
class HearingWorkflow(ProcedureStory):
    """Law: a witness who does not come does not end a hearing; the judge decides what follows (LEC 292)."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold(order)

    async def on_no_show(self, absent: tuple[ParticipantId, ...]) -> None:
        await self.note_if(
            lambda: self.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN),
            ProcedureInterrupted(cause=InterruptionCause.ABSENCE, note="", must_act=self.procedure.hosts[0].role),
        )
