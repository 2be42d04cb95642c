"""Items of the agenda: added, opened, filled in, suspended, done, corrected, skipped, as it happened."""

from typing import Any

from domain.events.base import Event
from domain.ids import ItemId
from domain.journal.chain import Stamp
from domain.procedure.agenda import AgendaItem, Prefilled
from domain.procedure.state import Procedure
from domain.types.vocabulary import ItemState


class ItemAdded(Event):
    item: ItemId
    code: str
    role: str | None = None

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        admission = procedure.type.procedure.validity.admission
        told = procedure.declared if admission and admission.item == self.code else None
        known = Prefilled(values=told.values, by=told.by) if told else None
        added = AgendaItem(id=self.item, code=self.code, role=self.role, prefilled=known)
        return procedure.but(agenda=(*procedure.agenda, added))


class ItemOpened(Event):
    """Opening one item suspends the one that was open."""

    item: ItemId

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        running = procedure.open_item()
        if running:
            procedure = procedure.with_item(running.but(state=ItemState.SUSPENDED))
        item = procedure.item(self.item)
        opened = item.but(
            state=ItemState.OPEN,
            opened_at=item.opened_at or stamp.at,
            opened_by=item.opened_by or stamp.actor,
        )
        return procedure.with_item(opened)


class ItemFilled(Event):
    """What was written so far; the item stays open."""

    item: ItemId
    values: dict[str, Any]

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.with_item(procedure.item(self.item).saved(self.values, stamp.actor, stamp.at))


class ItemDone(Event):
    item: ItemId
    values: dict[str, Any]

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        item = procedure.item(self.item)
        done = item.saved(self.values, stamp.actor, stamp.at, state=ItemState.DONE, closed_at=stamp.at)
        return procedure.with_item(done)


class ItemSuspended(Event):
    item: ItemId
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.with_item(procedure.item(self.item).but(state=ItemState.SUSPENDED))


class ItemCorrected(Event):
    """An item that was done says something else now; the journal keeps what it said before."""

    item: ItemId
    values: dict[str, Any]
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        item = procedure.item(self.item)
        return procedure.with_item(item.saved(self.values, stamp.actor, stamp.at, corrections=item.corrections + 1))


class ItemSkipped(Event):
    item: ItemId
    reason: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        item = procedure.item(self.item)
        return procedure.with_item(item.but(state=ItemState.SKIPPED, skip_reason=self.reason, closed_at=stamp.at))
