"""Signed documents that a register outside takes: asked by itself, followed to the end, and the act goes on meanwhile.

A procedure whose type names no register writes nothing to history because of any of this, so no patch is needed: no
type named one before.
"""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.register_entries import RegisterEntries
    from activities.register_orders import EnterDocument, EnteredDocument
    from domain.events.register_entries import RegisterEntryMade, RegisterEntryRefused, RegisterEntryTroubled
    from domain.rules.register_entries import entries_to_request, waiting_entries
    from workflows.asked_outside import Questions
    from workflows.engine.case_file import CaseFile


def _troubled(id: str, code: str) -> RegisterEntryTroubled:
    return RegisterEntryTroubled(id=id, code=code)


ENTRIES = Questions(entries_to_request, waiting_entries, _troubled)


async def see_to_register_entries(case: CaseFile) -> None:
    """For as long as the procedure runs."""
    await ENTRIES.see_to(case, _follow)


async def entries_are_settled(case: CaseFile) -> None:
    """Until no register is being asked: the minutes say the number, and nothing that was sent is left alone."""
    # Whoever has nothing to wait for goes on in the same step, as in runs that knew of no register.
    if not ENTRIES.are_settled(case.procedure):
        await workflow.wait_condition(lambda: ENTRIES.are_settled(case.procedure))


async def _follow(case: CaseFile, id: str) -> None:
    while ENTRIES.is_pending(case, id):
        order = EnterDocument(procedure=case.procedure.id, up_to=case.seq, entry=id, at=case.now())
        entered: EnteredDocument | None = await ENTRIES.ask(case, id, RegisterEntries.enter_document, order)
        if entered is None:
            continue
        if entered.made is None:
            refused = RegisterEntryRefused(id=id, code=entered.refused or "register_refused")
            await case.note_if(lambda: ENTRIES.is_pending(case, id), refused)
            return
        async with case.filing:
            receipt = entered.made.receipt.but(id=f"d{len(case.procedure.documents) + 1}")
            made = RegisterEntryMade(**{**dict(entered.made), "receipt": receipt})
            await case.note_if(lambda: ENTRIES.is_pending(case, id), made)
