"""The journal as the minutes read it: what happened, when, by whom, found by person, item or document."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.journal.chain import JournalEntry


@dataclass(frozen=True)
class Trace:
    """One event. `seq` is what a paragraph of the minutes leads back to."""

    seq: int
    type: str
    at: datetime
    actor: str
    content: dict[str, Any]


class Trail:
    """The events of one procedure, in order."""

    def __init__(self, entries: Iterable[JournalEntry]) -> None:
        self.entries = tuple(entries)
        self.traces = tuple(_trace(entry) for entry in self.entries)

    def of(self, *types: str, **wanted: str) -> tuple[Trace, ...]:
        """The events of these types (none: of all) whose content has the `wanted` values."""
        return tuple(
            trace
            for trace in self.traces
            if (not types or trace.type in types)
            and all(trace.content.get(name) == value for name, value in wanted.items())
        )

    def seqs(self, *types: str, **wanted: str) -> tuple[int, ...]:
        return tuple(trace.seq for trace in self.of(*types, **wanted))

    def of_document(self, id: str) -> tuple[int, ...]:
        """Events about a document, which name it by its id or carry it whole."""
        return tuple(trace.seq for trace in self.traces if _document(trace.content) == id)


def merged(*sequences: Sequence[int]) -> tuple[int, ...]:
    """Sequence numbers of several sentences, each once, in order."""
    return tuple(sorted({seq for sequence in sequences for seq in sequence}))


def _document(content: dict[str, Any]) -> str | None:
    document = content.get("document")
    return document.get("id") if isinstance(document, dict) else document


def _trace(entry: JournalEntry) -> Trace:
    line = json.loads(entry.line)
    at = datetime.fromisoformat(line["at"])
    return Trace(entry.seq, entry.type, at, line["actor"], entry.content)
