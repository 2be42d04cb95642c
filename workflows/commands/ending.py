"""Closing the session, correcting and approving its minutes, and having a step tried again."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.minutes import MinutesWriting
    from activities.orders import FixedInFile, SetMinutes
    from domain.commands import ApproveMinutes, CloseSession, CorrectMinutes, Receipt, RetryStep
    from domain.events.base import Event
    from domain.events.closing import AddressCorrected, TroubleReported
    from domain.events.minutes import MinutesApproved, MinutesCorrected, SessionClosed
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_for_caller
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import DOCUMENTS


@handles(CloseSession)
async def close_session(case: CaseFile, command: CloseSession) -> Receipt:
    return await case.record(command, SessionClosed(outcome=command.outcome, despite=command.despite))


@handles(CorrectMinutes)
async def correct_minutes(case: CaseFile, command: CorrectMinutes) -> Receipt:
    corrected = MinutesCorrected(block=command.block, before=command.before, after=command.after, reason=command.reason)
    return await case.record(command, corrected)


@handles(ApproveMinutes)
async def approve_minutes(case: CaseFile, command: ApproveMinutes) -> Receipt:
    order = SetMinutes(
        procedure=case.procedure.id,
        up_to=case.seq,
        id=f"d{len(case.procedure.documents) + 1}",
        at=case.now(),
    )
    fixed: FixedInFile = await call_for_caller(DOCUMENTS, MinutesWriting.set_minutes, order)
    async with case.filing:
        document = fixed.document.but(id=f"d{len(case.procedure.documents) + 1}")
        return await case.record(command, MinutesApproved(document=document))


@handles(RetryStep)
async def retry_step(case: CaseFile, command: RetryStep) -> Receipt:
    events: list[Event] = [TroubleReported(code=None)]
    if command.participant and command.email:
        events.append(AddressCorrected(participant=command.participant, email=command.email))
    receipt = await case.record(command, *events)
    case.retries_requested += 1
    return receipt
