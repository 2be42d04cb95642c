"""Acts on the agenda: in any order, filled in while people talk, corrected without erasing."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.commands import AddItem, CorrectItem, FillItem, OpenItem, Receipt, SkipItem, SuspendItem
    from domain.events.agenda import (
        ItemAdded,
        ItemCorrected,
        ItemDone,
        ItemFilled,
        ItemOpened,
        ItemSkipped,
        ItemSuspended,
    )
    from domain.ids import ItemId
    from domain.types.document_plan import WrittenWhen
    from domain.types.item_values import checked_values
    from workflows.commands.handler import handles
    from workflows.engine.case_file import CaseFile
    from workflows.writing import write_document


@handles(AddItem)
async def add_item(case: CaseFile, command: AddItem) -> Receipt:
    item = ItemId(f"i{len(case.procedure.agenda) + 1}")
    added = ItemAdded(item=item, code=command.code, role=command.role)
    return await case.record(command, added, item=item)


@handles(OpenItem)
async def open_item(case: CaseFile, command: OpenItem) -> Receipt:
    receipt = await case.record(command, ItemOpened(item=command.item))
    await _write_documents_of(case, command.item, WrittenWhen.OPENED)
    return receipt


@handles(FillItem)
async def fill_item(case: CaseFile, command: FillItem) -> Receipt:
    item_type = case.procedure.type.item(case.procedure.item(command.item).code)
    values = checked_values(item_type, command.values, complete=command.done)
    if not command.done:
        return await case.record(command, ItemFilled(item=command.item, values=values))
    receipt = await case.record(command, ItemDone(item=command.item, values=values))
    await _write_documents_of(case, command.item, WrittenWhen.DONE)
    return receipt


@handles(SuspendItem)
async def suspend_item(case: CaseFile, command: SuspendItem) -> Receipt:
    suspended = ItemSuspended(item=command.item, reason=command.reason)
    return await case.record(command, suspended)


@handles(SkipItem)
async def skip_item(case: CaseFile, command: SkipItem) -> Receipt:
    return await case.record(command, ItemSkipped(item=command.item, reason=command.reason))


@handles(CorrectItem)
async def correct_item(case: CaseFile, command: CorrectItem) -> Receipt:
    item_type = case.procedure.type.item(case.procedure.item(command.item).code)
    values = checked_values(item_type, command.values, complete=True)
    corrected = ItemCorrected(item=command.item, values=values, reason=command.reason)
    receipt = await case.record(command, corrected)
    await _write_documents_of(case, command.item, WrittenWhen.DONE)
    if being_read := case.procedure.open_item():
        # Whoever is reading the minutes reads what they say now.
        await _write_documents_of(case, being_read.id, WrittenWhen.OPENED)
    return receipt


async def _write_documents_of(case: CaseFile, item_id: ItemId, when: WrittenWhen) -> None:
    """An item that the type names as a source (`from_item`) becomes a document for people to read and sign."""
    for plan in case.procedure.type.procedure.written(when, case.procedure.item(item_id).code):
        await write_document(case, plan, item_id)
