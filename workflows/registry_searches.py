"""Signed applications whose entry is looked for in a register outside, while the act goes on.

Where things stand is in the state alone: a next run, or another worker, asks for the same searches under the same ids.
A procedure whose type names no such register writes nothing to history because of any of this, so no patch is needed:
no type named one before.
"""

import asyncio
from datetime import timedelta
from functools import partial

from temporalio import workflow
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from activities.registry_searches import RegistrySearches, SearchedRegistry, SearchRegistry
    from domain.events import Event
    from domain.events.registry_searches import (
        RegistrySearchAnswered,
        RegistrySearchRefused,
        RegistrySearchRequested,
        RegistrySearchTroubled,
    )
    from domain.rules.registry_searches import searches_to_request, waiting_searches
    from workflows.engine.case_file import CaseFile
    from workflows.engine.patience import PULSE, RETRY_REFUSED_AFTER
    from workflows.engine.queues import WEBHOOKS
    from workflows.engine.refusals import code_of
    from workflows.register_entries import UNTIL_ENTERED

ONE_ATTEMPT = timedelta(minutes=2)


async def see_to_registry_searches(case: CaseFile) -> None:
    """For as long as the procedure runs: ask for each search that is due, and follow it until the registry answers."""
    followed: dict[str, asyncio.Task[None]] = {}

    def unfollowed() -> list[str]:
        return [one.id for one in waiting_searches(case.procedure) if one.id not in followed] if case.begun else []

    def due() -> bool:
        return case.begun and any(True for _ in searches_to_request(case.procedure))

    try:
        while True:
            await workflow.wait_condition(lambda: due() or bool(unfollowed()))
            for request in tuple(searches_to_request(case.procedure)):
                await case.note_if(partial(_is_due, case, request), request)
            for id in unfollowed():
                followed[id] = asyncio.create_task(_follow(case, id))
    finally:
        for task in followed.values():
            task.cancel()


def _is_due(case: CaseFile, request: RegistrySearchRequested) -> bool:
    return request in searches_to_request(case.procedure)


async def _follow(case: CaseFile, id: str) -> None:
    """What comes once nobody waits for it any more is not written down: the act has ended without it."""
    while _waits(case, id):
        try:
            searched: SearchedRegistry = await workflow.execute_activity_method(
                RegistrySearches.search_registry,
                SearchRegistry(procedure=case.procedure.id, up_to=case.seq, search=id),
                task_queue=WEBHOOKS,
                start_to_close_timeout=ONE_ATTEMPT,
                heartbeat_timeout=PULSE,
                retry_policy=UNTIL_ENTERED,
            )
        except ActivityError as error:
            await _tell_trouble(case, id, code_of(error))
            continue
        answer: Event = RegistrySearchRefused(id=id, code=searched.refused or "register_refused")
        if searched.result is not None:
            answer = RegistrySearchAnswered(**dict(searched.result))
        await case.note_if(lambda: _waits(case, id), answer)
        return


async def _tell_trouble(case: CaseFile, id: str, code: str) -> None:
    """Told once; a right answer is asked for after a while."""
    known = next(one for one in case.procedure.registry_searches if one.id == id)
    if known.trouble != code:
        await case.note_if(lambda: _waits(case, id), RegistrySearchTroubled(id=id, code=code))
    await case.until_retry_requested(RETRY_REFUSED_AFTER)


def _waits(case: CaseFile, id: str) -> bool:
    return any(one.id == id for one in waiting_searches(case.procedure))
