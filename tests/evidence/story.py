"""A journal written for tests: events chained and committed to as the platform does it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from evidence.journal import ZERO_HASH, data_commitment, derive_nonce, event_hash
from evidence.parts import Opening

PROCEDURE = "prc_7f3k"
BEGIN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SEED = bytes(range(32))


class Story:
    """Events in the order in which they are told, one minute apart."""

    def __init__(self, procedure: str = PROCEDURE) -> None:
        self.procedure = procedure
        self.events: list[dict[str, Any]] = []
        self.openings: list[Opening] = []

    def at(self) -> str:
        """The instant of the next event."""
        return (BEGIN + timedelta(minutes=len(self.events))).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def tell(self, kind: str, *subjects: str, **data: Any) -> None:
        """Add one event and its opening."""
        seq = len(self.events)
        nonce = derive_nonce(SEED, seq)
        event = {
            "v": 1,
            "procedure": self.procedure,
            "seq": seq,
            "prev": event_hash(self.events[-1]) if self.events else ZERO_HASH,
            "type": kind,
            "actor": "act_1",
            "role": "laj",
            "at": self.at(),
            "subjects": list(subjects),
            "data_commitment": data_commitment(nonce, data),
            "build": "test-1",
        }
        self.events.append(event)
        self.openings.append(Opening(seq, nonce, data))


def rechain(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same events with sequence and chain computed anew: what a forger does after changing one."""
    chained: list[dict[str, Any]] = []
    for seq, event in enumerate(events):
        previous: Mapping[str, Any] | None = chained[-1] if chained else None
        chained.append({**event, "seq": seq, "prev": event_hash(previous) if previous else ZERO_HASH})
    return chained
