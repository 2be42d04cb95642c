"""Signed documents that a register outside takes: asked by itself, followed to the end, and the act goes on meanwhile.

Where things stand is in the state alone: a next run, or another worker, asks for the same entries under the same ids. A
procedure whose type names no register writes nothing to history because of any of this, so no patch is needed: no type
named one before.
"""

import asyncio
from datetime import timedelta
from functools import partial

from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.register_entries import RegisterEntries
    from activities.register_orders import EnterDocument, EnteredDocument
    from domain.events.register_entries import (
        RegisterEntryMade,
        RegisterEntryRefused,
        RegisterEntryRequested,
        RegisterEntryTroubled,
    )
    from domain.rules.register_entries import entries_to_request, waiting_entries
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import PULSE, RETRY_REFUSED_AFTER
    from workflows.engine.queues import WEBHOOKS
    from workflows.engine.refusals import code_of

UNTIL_ENTERED = RetryPolicy(
    initial_interval=timedelta(seconds=1), backoff_coefficient=2, maximum_interval=timedelta(minutes=5)
)
"""Without end: a register may be down for days. No attempt is in history."""

ONE_ATTEMPT = timedelta(minutes=3)
"""Two requests, each with a minute for a register that has much to do."""


async def see_to_register_entries(case: CaseFile) -> None:
    """For as long as the procedure runs: ask for each entry that is due, and follow it until the register answers."""
    followed: dict[str, asyncio.Task[None]] = {}

    def unfollowed() -> list[str]:
        return [one.id for one in waiting_entries(case.procedure) if one.id not in followed] if case.begun else []

    def due() -> bool:
        return case.begun and any(True for _ in entries_to_request(case.procedure))

    try:
        while True:
            await workflow.wait_condition(lambda: due() or bool(unfollowed()))
            for request in tuple(entries_to_request(case.procedure)):
                await case.note_if(partial(_is_due, case, request), request)
            for id in unfollowed():
                followed[id] = asyncio.create_task(_follow(case, id))
    finally:
        for task in followed.values():
            task.cancel()


def _is_due(case: CaseFile, request: RegisterEntryRequested) -> bool:
    return request in entries_to_request(case.procedure)


async def entries_are_settled(case: CaseFile) -> None:
    """Until no register is being asked: the minutes say the number, and nothing that was sent is left alone."""

    def settled() -> bool:
        return not waiting_entries(case.procedure) and not any(True for _ in entries_to_request(case.procedure))

    if not settled():  # whoever has nothing to wait for goes on in the same step, as in runs that knew of no register
        await workflow.wait_condition(settled)


async def _follow(case: CaseFile, id: str) -> None:
    while _waits(case, id):
        order = EnterDocument(procedure=case.procedure.id, up_to=case.seq, entry=id, at=case.now())
        try:
            entered: EnteredDocument = await workflow.execute_activity_method(
                RegisterEntries.enter_document,
                order,
                task_queue=WEBHOOKS,
                start_to_close_timeout=ONE_ATTEMPT,
                heartbeat_timeout=PULSE,
                retry_policy=UNTIL_ENTERED,
            )
        except ActivityError as error:
            await _tell_trouble(case, id, code_of(error))
            continue
        if entered.made is None:
            refused = RegisterEntryRefused(id=id, code=entered.refused or "register_refused")
            await case.note_if(lambda: _waits(case, id), refused)
            return
        async with case.filing:
            receipt = entered.made.receipt.but(id=f"d{len(case.procedure.documents) + 1}")
            made = RegisterEntryMade(**{**dict(entered.made), "receipt": receipt})
            await case.note_if(lambda: _waits(case, id), made)


async def _tell_trouble(case: CaseFile, id: str, code: str) -> None:
    """Told once; a right answer is asked for after a while."""
    known = next(one for one in case.procedure.register_entries if one.id == id)
    if known.trouble != code:
        await case.note_if(lambda: _waits(case, id), RegisterEntryTroubled(id=id, code=code))
    await case.until_retry_requested(RETRY_REFUSED_AFTER)


def _waits(case: CaseFile, id: str) -> bool:
    return any(one.id == id for one in waiting_entries(case.procedure))
