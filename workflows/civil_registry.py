"""Civil Registry procedures: declarations and certificates."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.messages import HoldProcedure, Outcome
    from workflows.procedure import ProcedureStory


@workflow.defn
class CivilRegistryWorkflow(ProcedureStory):
    """The common story as it stands: one person, one declaration, one certificate; absence simply ends it."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold(order)
