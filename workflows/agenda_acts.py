"""Acts on the agenda: in any order, filled in while people talk, corrected without erasing."""

import asyncio

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
    from domain.rules import agenda as rules
    from domain.types.item_values import checked_values
    from domain.types.vocabulary import DocumentSource
    from workflows.acts import act
    from workflows.identity_acts import IdentityActs
    from workflows.queues import DOCUMENTS


class AgendaActs(IdentityActs):
    """What is dealt with."""

    def __init__(self) -> None:
        super().__init__()
        self.filing = asyncio.Lock()
        """One document enters the file at a time: two must never get the same number."""

    @act(rules.may_add_item)
    async def add_item(self, command: AddItem) -> Receipt:
        item = ItemId(f"i{len(self.procedure.agenda) + 1}")
        added = ItemAdded(item=item, code=command.code, role=command.role)
        return await self.record(command, added, rule=rules.may_add_item, item=item)

    @act(rules.may_open_item)
    async def open_item(self, command: OpenItem) -> Receipt:
        return await self.record(command, ItemOpened(item=command.item), rule=rules.may_open_item)

    @act(rules.may_fill_item)
    async def fill_item(self, command: FillItem) -> Receipt:
        item_type = self.procedure.type.item(self.procedure.item(command.item).code)
        values = checked_values(item_type, command.values, complete=command.done)
        if not command.done:
            return await self.record(command, ItemFilled(item=command.item, values=values), rule=rules.may_fill_item)
        receipt = await self.record(command, ItemDone(item=command.item, values=values), rule=rules.may_fill_item)
        await self._write_documents_of(command.item)
        return receipt

    @act(rules.may_suspend_item)
    async def suspend_item(self, command: SuspendItem) -> Receipt:
        suspended = ItemSuspended(item=command.item, reason=command.reason)
        return await self.record(command, suspended, rule=rules.may_suspend_item)

    @act(rules.may_skip_item)
    async def skip_item(self, command: SkipItem) -> Receipt:
        return await self.record(
            command, ItemSkipped(item=command.item, reason=command.reason), rule=rules.may_skip_item
        )

    @act(rules.may_correct_item)
    async def correct_item(self, command: CorrectItem) -> Receipt:
        item_type = self.procedure.type.item(self.procedure.item(command.item).code)
        values = checked_values(item_type, command.values, complete=True)
        corrected = ItemCorrected(item=command.item, values=values, reason=command.reason)
        receipt = await self.record(command, corrected, rule=rules.may_correct_item)
        await self._write_documents_of(command.item)
        return receipt

    async def _write_documents_of(self, item_id: ItemId) -> None:
        """An item that the type names as a source (`from_item`) becomes a document for people to read and sign."""
        item = self.procedure.item(item_id)
        for plan in self.procedure.type.procedure.documents:
            if plan.source is DocumentSource.GENERATED and plan.from_item == item.code:
                order = WriteDocument(
                    procedure=self.procedure.id,
                    up_to=self.seq,
                    id=f"d{len(self.procedure.documents) + 1}",
                    code=plan.code,
                    item=item_id,
                    at=self.now(),
                )
                written: FixedInFile = await self.insist(DOCUMENTS, Documents.write_document, order)
                async with self.filing:
                    document = written.document.but(id=f"d{len(self.procedure.documents) + 1}")
                    await self.note(DocumentWritten(document=document))
