"""When lines may follow what a journal holds: the rules that every store of journals keeps, real or in memory."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from domain.errors import PersonMustAct
from domain.ids import ProcedureId
from domain.journal.chain import GENESIS, JournalEntry
from domain.journal.register import RegisterRow


def previous(entry: JournalEntry) -> str:
    """The hash of the line that `entry` says it follows."""
    return str(json.loads(entry.line)["prev"])


def one_chain(entries: Sequence[JournalEntry], row: RegisterRow) -> ProcedureId:
    """The procedure that all of this belongs to. Raises `PersonMustAct('journal_malformed')` unless lines, hashes and
    numbers fit together and `row` stands at their end.
    """
    if not entries:
        raise PersonMustAct("journal_malformed", reason="nothing to write")
    first, last = entries[0], entries[-1]
    before = previous(first)
    for number, entry in enumerate(entries, start=first.seq):
        line = json.loads(entry.line)
        if (line["procedure"], line["seq"], line["prev"]) != (row.procedure, number, before):
            raise PersonMustAct("journal_malformed", procedure=row.procedure, seq=entry.seq)
        if (entry.seq, entry.hash) != (number, hashlib.sha256(entry.line.encode()).hexdigest()):
            raise PersonMustAct("journal_malformed", procedure=row.procedure, seq=entry.seq)
        before = entry.hash
    if (row.seq, row.head) != (last.seq, last.hash):
        raise PersonMustAct("journal_malformed", procedure=row.procedure, seq=row.seq)
    return row.procedure


def unwritten(stored: Mapping[int, str], entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Which of `entries` are still to be written; `stored` are the hashes that are there, by number.

    Raises `PersonMustAct('journal_gap')` when lines are missing before these, and `PersonMustAct('journal_fork')` when
    another past is written there.
    """
    first = entries[0]
    before = stored.get(first.seq - 1, GENESIS if first.seq == 0 else None)
    if before is None:
        raise PersonMustAct("journal_gap", procedure=first.procedure, seq=first.seq)
    if before != previous(first):
        raise PersonMustAct("journal_fork", procedure=first.procedure, seq=first.seq)
    for entry in entries:
        if stored.get(entry.seq, entry.hash) != entry.hash:
            raise PersonMustAct("journal_fork", procedure=entry.procedure, seq=entry.seq)
    return [entry for entry in entries if entry.seq not in stored]
