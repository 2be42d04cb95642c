"""The only writer of journal and register."""

import json
from datetime import datetime

from temporalio import activity

from activities.orders import AppendEvents, OpenedCaseFile
from domain.ids import ProcedureId
from domain.ports import Journal, KeyStore


class CaseFiles:
    """Opens case files and writes events into them."""

    def __init__(self, keys: KeyStore, journal: Journal) -> None:
        self._keys = keys
        self._journal = journal

    @activity.defn
    async def open_case_file(self, procedure: ProcedureId) -> OpenedCaseFile:
        """Make the procedure's key and seed; again gives the same."""
        await self._keys.create(procedure)
        return OpenedCaseFile(seed=(await self._keys.seed(procedure)).hex())

    @activity.defn
    async def append_events(self, order: AppendEvents) -> datetime:
        """Write events and register row together; again writes nothing. Gives the time that the lines have."""
        await self._journal.append(order.entries, order.row)
        return datetime.fromisoformat(json.loads(order.entries[0].line)["at"])
