"""Asking registers for a criminal record; what is waited for then is in `workflows/criminal_records.py`."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import AskCriminalRecord, Receipt
    from domain.events.criminal_records import CriminalRecordRequested
    from domain.rules.criminal_records import request_of
    from workflows.commands.handler import handles
    from workflows.engine.case_file import CaseFile


@handles(AskCriminalRecord)
async def ask_criminal_record(case: CaseFile, command: AskCriminalRecord) -> Receipt:
    def asked() -> tuple[CriminalRecordRequested]:
        request = request_of(case.procedure, case.procedure.item(command.item), case.now())
        return (CriminalRecordRequested(request=request),)

    return await case.record_from(command, asked)
