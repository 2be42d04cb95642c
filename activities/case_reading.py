"""Reading a procedure back from its journal: activities get a number, not a copy of the state."""

import json
from datetime import datetime
from typing import Any

from domain.events import Event, fold, read
from domain.ids import ProcedureId
from domain.journal import JournalEntry, Stamp
from domain.ports import Journal
from domain.procedure import Procedure


def event_of(entry: JournalEntry) -> tuple[Event, Stamp]:
    """The typed event and stamp of a journal entry."""
    line: dict[str, Any] = json.loads(entry.line)
    stamp = Stamp(actor=line["actor"], role=line["role"], at=datetime.fromisoformat(line["at"]))
    return read(entry.type, entry.content), stamp


class CaseReading:
    """The state of a procedure as it stood after a given event."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    async def entries(self, procedure: ProcedureId, up_to: int) -> list[JournalEntry]:
        return await self._journal.read(procedure, up_to=up_to)

    async def procedure(self, procedure: ProcedureId, up_to: int) -> Procedure:
        """Fold the journal up to and including event `up_to`."""
        return fold(event_of(entry) for entry in await self.entries(procedure, up_to))
