"""Acts on the agenda: in any order, filled in while people talk, corrected without erasing."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.documents import Documents
    from activities.orders import FixedInFile, WriteDocument
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
    from domain.events.documents import DocumentWritten
    from domain.ids import ItemId
    from domain.types.item_values import checked_values
    from domain.types.vocabulary import DocumentSource
    from workflows.commands.handler import handles
    from workflows.engine.calls import call_until_done
    from workflows.engine.case_file import CaseFile
    from workflows.engine.queues import DOCUMENTS


@handles(AddItem)
async def add_item(case: CaseFile, command: AddItem) -> Receipt:
    item = ItemId(f"i{len(case.procedure.agenda) + 1}")
    added = ItemAdded(item=item, code=command.code, role=command.role)
    return await case.record(command, added, item=item)


@handles(OpenItem)
async def open_item(case: CaseFile, command: OpenItem) -> Receipt:
    return await case.record(command, ItemOpened(item=command.item))


@handles(FillItem)
async def fill_item(case: CaseFile, command: FillItem) -> Receipt:
    item_type = case.procedure.type.item(case.procedure.item(command.item).code)
    values = checked_values(item_type, command.values, complete=command.done)
    if not command.done:
        return await case.record(command, ItemFilled(item=command.item, values=values))
    receipt = await case.record(command, ItemDone(item=command.item, values=values))
    await _write_documents_of(case, command.item)
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
    await _write_documents_of(case, command.item)
    return receipt


async def _write_documents_of(case: CaseFile, item_id: ItemId) -> None:
    """An item that the type names as a source (`from_item`) becomes a document for people to read and sign."""
    item = case.procedure.item(item_id)
    for plan in case.procedure.type.procedure.documents:
        if plan.source is DocumentSource.GENERATED and plan.from_item == item.code:
            order = WriteDocument(
                procedure=case.procedure.id,
                up_to=case.seq,
                id=f"d{len(case.procedure.documents) + 1}",
                code=plan.code,
                item=item_id,
                at=case.now(),
            )
            written: FixedInFile = await call_until_done(case, DOCUMENTS, Documents.write_document, order)
            async with case.filing:
                document = written.document.but(id=f"d{len(case.procedure.documents) + 1}")
                await case.note(DocumentWritten(document=document))
