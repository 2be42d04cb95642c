"""Conciliation and the other appropriate means of dispute resolution."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.events.summons import ProcedureCancelled
    from domain.ids import ParticipantId
    from domain.types.vocabulary import Stage
    from workflows.messages import HoldProcedure, Outcome
    from workflows.procedure import ProcedureStory


@workflow.defn
class AdrWorkflow(ProcedureStory):
    """Law: LJV art. 144. The applicant's absence withdraws the request; the respondent's ends the act as attempted."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold(order)

    async def on_no_show(self, absent: tuple[ParticipantId, ...]) -> None:
        applicants = {person.id for person in self.procedure.participants if person.role == "applicant"}
        if applicants & set(absent):
            await self.note_if(
                lambda: self.procedure.stage in (Stage.SUMMONED, Stage.CHECKED_IN),
                ProcedureCancelled(reason="applicant_absent"),
            )
