"""Signed applications whose entry is looked for in a register outside, while the act goes on.

A procedure whose type names no such register writes nothing to history because of any of this, so no patch is needed:
no type named one before.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.registry_searches import RegistrySearches, SearchedRegistry, SearchRegistry
    from domain.events import Event
    from domain.events.registry_searches import RegistrySearchAnswered, RegistrySearchRefused, RegistrySearchTroubled
    from domain.rules.registry_searches import searches_to_request, waiting_searches
    from workflows.asked_outside import Questions
    from workflows.engine.case_file import CaseFile


def _troubled(id: str, code: str) -> RegistrySearchTroubled:
    return RegistrySearchTroubled(id=id, code=code)


SEARCHES = Questions(searches_to_request, waiting_searches, _troubled)


async def see_to_registry_searches(case: CaseFile) -> None:
    """For as long as the procedure runs."""
    await SEARCHES.see_to(case, _follow)


async def _follow(case: CaseFile, id: str) -> None:
    """What comes once nobody waits for it any more is not written down: the act has ended without it."""
    while SEARCHES.is_pending(case, id):
        order = SearchRegistry(procedure=case.procedure.id, up_to=case.seq, search=id)
        searched: SearchedRegistry | None = await SEARCHES.ask(case, id, RegistrySearches.search_registry, order)
        if searched is None:
            continue
        answer: Event = RegistrySearchRefused(id=id, code=searched.refused or "register_refused")
        if searched.result is not None:
            answer = RegistrySearchAnswered(**dict(searched.result))
        await case.note_if(lambda: SEARCHES.is_pending(case, id), answer)
        return
