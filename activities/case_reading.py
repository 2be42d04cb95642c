"""Reading a procedure back from its journal: activities get a number, not a copy of the state."""

from collections import OrderedDict
from dataclasses import dataclass, field

from domain.events import apply, event_of, state_of
from domain.ids import ProcedureId
from domain.journal.chain import JournalEntry
from domain.ports.journal import Journal
from domain.procedure.state import Procedure

CASES_AT_HAND = 64
"""How many procedures are remembered: those that are being held now, and no more of them than that."""


@dataclass
class _Case:
    """What has been read of one journal, and the last state that it was asked for."""

    entries: list[JournalEntry] = field(default_factory=list)
    state: Procedure | None = None
    stands_at: int = -1


class CaseReading:
    """The state of a procedure as it stood after a given event. A journal never changes: no line is read twice."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._at_hand: OrderedDict[ProcedureId, _Case] = OrderedDict()

    async def entries(self, procedure: ProcedureId, up_to: int) -> list[JournalEntry]:
        """The journal up to and including event `up_to`."""
        return (await self._read(procedure, up_to)).entries[: up_to + 1]

    async def procedure(self, procedure: ProcedureId, up_to: int) -> Procedure:
        """The state after event `up_to`."""
        case = await self._read(procedure, up_to)
        if case.state is None or case.stands_at > up_to:
            case.state = state_of(case.entries[: up_to + 1])
        else:
            for entry in case.entries[case.stands_at + 1 : up_to + 1]:
                case.state = apply(case.state, *event_of(entry))
        case.stands_at = min(up_to, len(case.entries) - 1)
        return case.state

    async def _read(self, procedure: ProcedureId, up_to: int) -> _Case:
        # Taken out while it grows: two readers at once never touch the same one.
        case = self._at_hand.pop(procedure, None) or _Case()
        if len(case.entries) <= up_to:
            case.entries.extend(await self._journal.read(procedure, first=len(case.entries), up_to=up_to))
        self._at_hand[procedure] = case
        if len(self._at_hand) > CASES_AT_HAND:
            self._at_hand.popitem(last=False)
        return case
