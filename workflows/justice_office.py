"""Procedures of court offices and municipal justice offices: what is brought, asked for, served or decided there."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.engine.messages import HoldProcedure, Outcome
    from workflows.procedure import ProcedureWorkflow


@workflow.defn
class JusticeOfficeWorkflow(ProcedureWorkflow):
    """The common story under its own name in the engine; what is particular to it is declared in its types."""

    @workflow.run
    async def run(self, order: HoldProcedure) -> Outcome:
        return await self.hold()
