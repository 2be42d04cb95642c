"""What can happen in a procedure. `fold` is the only way in which state comes about."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from domain.events import (
    agenda,
    closing,
    cooperation,
    criminal_records,
    documents,
    handwriting,
    identity,
    interruptions,
    minutes,
    people,
    private_rooms,
    recording,
    register_entries,
    registry_searches,
    signing,
    summons,
)
from domain.events.base import EVENTS, Event
from domain.events.summons import ProcedureRequested
from domain.journal.chain import JournalEntry, Stamp
from domain.procedure.state import Procedure

__all__ = ["EVENTS", "Event", "apply", "begin", "event_of", "fold", "read", "state_of"]

_NOUNS = (
    agenda, closing, cooperation, criminal_records, documents, handwriting, identity, interruptions, minutes, people,
    private_rooms, recording, register_entries, registry_searches, signing, summons,
)  # fmt: skip


def begin(request: ProcedureRequested, stamp: Stamp) -> Procedure:
    """The procedure that a request brings into being."""
    return request.begin(stamp)


def apply(procedure: Procedure, event: Event, stamp: Stamp) -> Procedure:
    """The procedure after `event`."""
    return event.change(procedure, stamp).but(changed_at=stamp.at)


def read(type: str, content: dict[str, Any]) -> Event:
    """The event that a line of the journal holds. Raises `KeyError` for an unknown type."""
    return EVENTS[type].model_validate(content)


def event_of(entry: JournalEntry) -> tuple[Event, Stamp]:
    """The event of an entry, and its stamp. Raises `KeyError` for an unknown type."""
    line: dict[str, Any] = json.loads(entry.line)
    stamp = Stamp(actor=line["actor"], role=line["role"], at=datetime.fromisoformat(line["at"]))
    return read(entry.type, entry.content), stamp


def fold(events: Iterable[tuple[Event, Stamp]]) -> Procedure:
    """The state that a journal adds up to. The first event must be the request."""
    history = iter(events)
    first, stamp = next(history)
    if not isinstance(first, ProcedureRequested):
        raise ValueError("a journal begins with procedure_requested")
    procedure = begin(first, stamp)
    for event, stamp in history:
        procedure = apply(procedure, event, stamp)
    return procedure


def state_of(entries: Iterable[JournalEntry]) -> Procedure:
    """The state that a journal adds up to, from its lines."""
    return fold(map(event_of, entries))
