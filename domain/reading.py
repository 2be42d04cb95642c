"""Reading a procedure back from its journal: nobody is handed a copy of the state, and no look asks the workflow."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field

from domain.base import Value
from domain.events import apply, event_of, state_of
from domain.ids import ProcedureId, Sha256
from domain.journal.chain import JournalEntry
from domain.ports.journal import Journal
from domain.procedure.state import Procedure

CASES_AT_HAND = 64
"""How many procedures are remembered: those that are being held now, and no more of them than that."""

LINES_AT_HAND = 60_000
"""How many lines of all of them together: some hundred megabytes. A case larger than any court's has 22,000."""


class Progress(Value):
    """Where a procedure stands: its state after event `seq`."""

    procedure: Procedure
    seq: int
    head: Sha256 | None = None
    """Hash of that event. None: told by a run of an earlier version."""


@dataclass
class _Case:
    """What has been read of one journal, and the last state that it was asked for."""

    entries: list[JournalEntry] = field(default_factory=list)
    state: Procedure | None = None
    stands_at: int = -1
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def forget(self) -> None:
        self.entries, self.state, self.stands_at = [], None, -1

    def state_after(self, seq: int) -> Procedure:
        if self.state is None or self.stands_at > seq:
            self.state = state_of(self.entries[: seq + 1])
        else:
            for entry in self.entries[self.stands_at + 1 : seq + 1]:
                self.state = apply(self.state, *event_of(entry))
        self.stands_at = min(seq, len(self.entries) - 1)
        return self.state


class CaseReading:
    """States of procedures. A journal never changes: no line is read twice but the last, which shows that the
    content may still be read. Every method raises what `Journal.read` raises.
    """

    def __init__(self, journal: Journal, lines_at_hand: int = LINES_AT_HAND) -> None:
        self._journal = journal
        self._lines_at_hand = lines_at_hand
        self._at_hand: OrderedDict[ProcedureId, _Case] = OrderedDict()

    async def entries(self, procedure: ProcedureId, up_to: int) -> list[JournalEntry]:
        """The journal up to and including event `up_to`."""
        return (await self._read(procedure, up_to)).entries[: up_to + 1]

    async def procedure(self, procedure: ProcedureId, up_to: int) -> Procedure:
        """The state after event `up_to`."""
        return (await self._read(procedure, up_to)).state_after(up_to)

    async def latest(self, procedure: ProcedureId) -> Progress | None:
        """The state after the last event that is written now; None before the first one.

        A command answers when its events are written, so whoever asked for it reads what it did. Content whose key was
        destroyed is not told from memory.
        """
        case = self._case(procedure)
        async with case.reading:
            known = max(0, len(case.entries) - 1)
            try:
                lines = await self._journal.read(procedure, first=known)
            except Exception:
                self._at_hand.pop(procedure, None)
                raise
            if known and (not lines or lines[0].hash != case.entries[known].hash):
                # The database was put back to an earlier hour.
                case.forget()
                known, lines = 0, await self._journal.read(procedure)
            case.entries[known:] = lines
            self._make_room()
            if not case.entries:
                return None
            last = len(case.entries) - 1
            return Progress(procedure=case.state_after(last), seq=last, head=case.entries[last].hash)

    async def _read(self, procedure: ProcedureId, up_to: int) -> _Case:
        case = self._case(procedure)
        async with case.reading:
            if len(case.entries) <= up_to:
                case.entries.extend(await self._journal.read(procedure, first=len(case.entries), up_to=up_to))
                self._make_room()
        return case

    def _case(self, procedure: ProcedureId) -> _Case:
        case = self._at_hand.setdefault(procedure, _Case())
        self._at_hand.move_to_end(procedure)
        if len(self._at_hand) > CASES_AT_HAND:
            self._at_hand.popitem(last=False)
        return case

    def _make_room(self) -> None:
        """Forget whole cases, those that nobody asked for longest first; the last one stays however long it is."""
        held = sum(len(case.entries) for case in self._at_hand.values())
        while held > self._lines_at_hand and len(self._at_hand) > 1:
            _, forgotten = self._at_hand.popitem(last=False)
            held -= len(forgotten.entries)
