"""A request to a foreign authority is approved to be sent; the workflow sends it."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import Receipt, SubmitRequest
    from domain.events.cooperation import RequestSubmitted
    from domain.procedure.cooperation import SentFile
    from domain.rules.cooperation import instrument_of, named_to_send
    from workflows.commands.handler import handles
    from workflows.engine.case_file import CaseFile


@handles(SubmitRequest)
async def submit_request(case: CaseFile, command: SubmitRequest) -> Receipt:
    before = case.procedure.cooperation.submissions if case.procedure.cooperation else ()
    message = f"{case.procedure.id}.{len(before) + 1}"
    submitted = RequestSubmitted(
        message=message,
        instrument=instrument_of(case.procedure).code,
        files=tuple(
            SentFile(name=name, document=one.id, sha256=one.current.sha256, size=one.current.size)
            for name, one in named_to_send(case.procedure)
        ),
    )
    return await case.record(command, submitted, message=message)
