"""What has happened, as officials read it: newest first, one sentence an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.pages.rendering import PageContext
from domain.journal.chain import JournalEntry
from domain.procedure.state import Procedure
from templates.timeline import timeline_sentence


@dataclass(frozen=True)
class TimelineLine:
    seq: int
    at: datetime
    words: str


def timeline(procedure: Procedure, entries: Sequence[JournalEntry], context: PageContext) -> tuple[TimelineLine, ...]:
    lines = []
    for entry in reversed(entries):
        try:
            words = timeline_sentence(entry.type, entry.content, procedure, context.words)
        except KeyError:
            continue
        lines.append(TimelineLine(entry.seq, _at(entry), words))
    return tuple(lines)


def _at(entry: JournalEntry) -> datetime:
    start = entry.line.index('"at":"') + 6
    return datetime.fromisoformat(entry.line[start : entry.line.index('"', start)])
