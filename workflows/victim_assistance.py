"""Appointments with a victim assistance office."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.events.summons import ProcedureCancelled
    from domain.ids import ParticipantId
    from domain.types.vocabulary import Stage
    from workflows.messages import HoldProcedure, Outcome
    from workflows.procedure import ProcedureStory


@workflow.defn
class VictimAssistanceWorkflow(ProcedureStory):
    """Law: RD 1109/2015. Confidential, at the victim's pace: absence is recorded by nobody and told to nobody."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold(order)

    async def tell_cancelled(self) -> None:
        """Nothing: a message at the wrong moment can do harm."""

    async def on_no_show(self, absent: tuple[ParticipantId, ...]) -> None:
        await self.note_if(
            lambda: self.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN),
            ProcedureCancelled(reason="not_held"),
        )
