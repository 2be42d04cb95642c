"""Criminal records asked for while an act is held: each authority is waited for on its own, and the act goes on.

Where things stand is in the state alone: a next run, or another worker, waits for the same answers under the same ids.
"""

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.criminal_records import CriminalRecordActs
    from activities.record_orders import ExchangedRecord, ExchangeRecord, WriteRecordReport, WrittenRecordReport
    from domain.events.criminal_records import (
        CriminalRecordAnswered,
        CriminalRecordLeft,
        CriminalRecordOverdue,
        CriminalRecordUnfit,
        CriminalRecordWritten,
        DocumentWithheld,
    )
    from domain.procedure.criminal_records import NO_RECORDS, CriminalRecordRequest, CriminalRecords, RecordMessage
    from domain.rules.criminal_records import message
    from workflows.commands import criminal_records as _asking  # noqa: F401
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import PULSE, RETRY_REFUSED_AFTER
    from workflows.engine.queues import DOCUMENTS, WEBHOOKS
    from workflows.engine.refusals import code_of

UNTIL_ANSWERED = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=1.5, maximum_interval=timedelta(hours=1)
)
"""An authority has ten working days: it is looked whether it has answered, often at first. No look is in history."""

ONE_LOOK = timedelta(seconds=30)

RIGHT_NOW = timedelta(milliseconds=1)


def records(case: CaseFile) -> CriminalRecords:
    return case.procedure.criminal_records or NO_RECORDS


async def await_criminal_records(case: CaseFile) -> None:
    """For as long as the procedure runs: follow every question, and write down what has come."""
    followed: dict[str, asyncio.Task[None]] = {}

    def fresh() -> tuple[tuple[str, str], ...]:
        waiting = records(case).waiting() if case.begun else ()
        return tuple((request.id, one.id) for request, one in waiting if one.id not in followed)

    reporting = asyncio.create_task(_report_what_comes(case))
    try:
        while True:
            await workflow.wait_condition(lambda: bool(fresh()))
            for request, id in fresh():
                followed[id] = asyncio.create_task(_follow(case, request, id))
    finally:
        for task in (reporting, *followed.values()):
            task.cancel()


async def _report_what_comes(case: CaseFile) -> None:
    while True:
        await workflow.wait_condition(lambda: case.begun and bool(records(case).unreported()))
        await _report(case, records(case).unreported()[0])


async def leave_unanswered(case: CaseFile) -> None:
    """The act is over: what has come is in the file, and what has not come is waited for no more."""
    left = tuple(request.id for request in records(case).requests if request.waiting)
    if left:
        await case.note(CriminalRecordLeft(requests=left))
    await workflow.wait_condition(lambda: not records(case).unreported())


async def _follow(case: CaseFile, request: str, id: str) -> None:
    """Until that authority has answered: its term is told when it passes, and decides nothing."""
    reminding = asyncio.create_task(_remind(case, request, id))
    try:
        while _waits(case, request, id):
            await _exchange(case, request, id)
    finally:
        reminding.cancel()


async def _exchange(case: CaseFile, request: str, id: str) -> None:
    order = ExchangeRecord(procedure=case.procedure.id, up_to=case.seq, request=request, message=id)
    asked = workflow.start_activity_method(
        CriminalRecordActs.exchange_record,
        order,
        task_queue=WEBHOOKS,
        start_to_close_timeout=ONE_LOOK,
        heartbeat_timeout=PULSE,
        retry_policy=UNTIL_ANSWERED,
    )
    await workflow.wait_condition(lambda: asked.done() or not _waits(case, request, id))
    if not asked.done():
        asked.cancel()
        return
    try:
        came: ExchangedRecord = await asked
    except ActivityError as error:
        await _set_aside(case, request, id, code_of(error), None)
        return
    if came.kept is None:
        await _set_aside(case, request, id, came.trouble or "", came)
        return
    await case.note_if(
        lambda: _waits(case, request, id),
        CriminalRecordAnswered(
            request=request, message=id, sha256=came.sha256, kept=came.kept, more=_asked_next(case, request, came)
        ),
        DocumentWithheld(sha256s=(came.sha256,)),
    )


def _asked_next(case: CaseFile, request: str, came: ExchangedRecord) -> tuple[RecordMessage, ...]:
    """Law: Reg. (EU) 2019/816 art. 7, each state that the central system names is asked for what it holds."""
    asked = records(case).request(request)
    known = {one.authority for one in asked.messages}
    return tuple(
        message(case.procedure, request, state, asked.purpose, case.now())
        for state in came.states
        if state not in known
    )


async def _set_aside(case: CaseFile, request: str, id: str, trouble: str, came: ExchangedRecord | None) -> None:
    """Tell each kind of trouble once; the authority may still answer well, so it is asked again after a while."""
    digest = came.sha256 if came else None
    if records(case).request(request).message(id).trouble != trouble:
        withheld = (DocumentWithheld(sha256s=(digest,)),) if digest else ()
        unfit = CriminalRecordUnfit(request=request, message=id, trouble=trouble, sha256=digest)
        await case.note_if(lambda: _waits(case, request, id), unfit, *withheld)
    await case.until_retry_requested(RETRY_REFUSED_AFTER)


async def _remind(case: CaseFile, request: str, id: str) -> None:
    known = records(case).request(request).message(id)
    if known.overdue:
        return
    left = max(known.due_at - case.now(), RIGHT_NOW)
    try:
        await workflow.wait_condition(lambda: not _waits(case, request, id), timeout=left)
    except TimeoutError:
        late = CriminalRecordOverdue(request=request, message=id)
        await case.note_if(lambda: _waits(case, request, id), late)


def _waits(case: CaseFile, request: str, id: str) -> bool:
    return any(one.id == id for one in records(case).request(request).waiting)


async def _report(case: CaseFile, request: CriminalRecordRequest) -> None:
    """A document of its own for each state of things: who has read the one before has not read this one."""
    order = WriteRecordReport(
        procedure=case.procedure.id,
        up_to=case.seq,
        request=request.id,
        id=f"d{len(case.procedure.documents) + 1}",
        at=case.now(),
    )
    written: WrittenRecordReport = await call_until_done(case, DOCUMENTS, CriminalRecordActs.write_record_report, order)
    async with case.filing:
        document = written.document.but(id=f"d{len(case.procedure.documents) + 1}")
        event = CriminalRecordWritten(request=request.id, document=document, answers=written.answers)
        await case.note(event, DocumentWithheld(sha256s=(document.original.sha256,)))
