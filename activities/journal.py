"""The only writer of journal and register."""

import base64
import hashlib
import json
import math
import zlib
from collections.abc import Sequence

from temporalio import activity

from activities.orders import AppendEvents, OpenedCaseFile, ReadState, StatePart, WrittenEvents
from domain.ids import ProcedureId
from domain.ports.journal import Journal, KeyStore
from domain.procedure.state import Procedure
from domain.reading import CaseReading

PART_BYTES = 1_000_000
"""Of a packed state in one answer: base64 makes a third more of it, and the engine takes 2 MiB at once."""


class CaseFiles:
    """Opens case files and writes events into them."""

    def __init__(self, keys: KeyStore, journal: Journal, cases: CaseReading) -> None:
        self._keys = keys
        self._journal = journal
        self._cases = cases

    @activity.defn
    async def open_case_file(self, procedure: ProcedureId) -> OpenedCaseFile:
        """Make the procedure's key and seed; again gives the same."""
        await self._keys.create(procedure)
        return OpenedCaseFile(seed=(await self._keys.seed(procedure)).hex())

    @activity.defn
    async def append_events(self, order: AppendEvents) -> WrittenEvents:
        """Write events and register row together; again writes nothing. Gives the time and build of the lines."""
        await self._journal.append(order.entries, order.row)
        line = json.loads(order.entries[0].line)
        return WrittenEvents(at=line["at"], build=line["build"])

    @activity.defn
    async def read_state(self, order: ReadState) -> StatePart:
        """One part of the state after event `up_to`. The journal never changes: each part is always the same."""
        state = await self._cases.procedure(order.procedure, order.up_to)
        packed = zlib.compress(state.model_dump_json().encode())
        parts = max(1, math.ceil(len(packed) / PART_BYTES))
        piece = packed[order.part * PART_BYTES : (order.part + 1) * PART_BYTES]
        digest = hashlib.sha256(packed).hexdigest()
        return StatePart(text=base64.b64encode(piece).decode(), parts=parts, sha256=digest)


def state_of_parts(parts: Sequence[StatePart]) -> Procedure:
    """The state whose parts those are, in order."""
    packed = b"".join(base64.b64decode(part.text) for part in parts)
    return Procedure.model_validate_json(zlib.decompress(packed))
