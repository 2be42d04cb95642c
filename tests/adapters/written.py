"""Journals to write in tests: chains of lines, and the register rows that go with them."""

from datetime import UTC, datetime
from typing import Any

from domain.ids import AdministrationId, OfficeId, ProcedureId
from domain.journal.chain import ChainHead, JournalEntry, Stamp, advance, entry
from domain.journal.register import PersonLine, PrivatePart, RegisterRow
from domain.procedure.people import Presence
from domain.types.vocabulary import Family, Privacy, Stage

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ATLANTIA = AdministrationId("atlantia")
NAME_KEY = b"n" * 32
CANARY = "Canaria Oculta"
"""A name that must be readable nowhere."""


def chain(
    procedure: ProcedureId,
    length: int,
    *,
    seed: bytes = b"s" * 32,
    head: ChainHead | None = None,
    note: str = "x",
    type: str = "item_filled",
) -> list[JournalEntry]:
    """`length` lines that follow `head`."""
    head, lines = head or ChainHead(), []
    for _ in range(length):
        line = entry(
            head,
            procedure=procedure,
            seed=seed,
            stamp=Stamp(actor="acc_1", role="clerk", at=NOON),
            type=type,
            content={"name": CANARY, "note": note, "n": head.next_seq},
            subjects=(),
            build="test",
        )
        head = advance(head, line)
        lines.append(line)
    return lines


def head_of(line: JournalEntry) -> ChainHead:
    return ChainHead(next_seq=line.seq + 1, hash=line.hash)


def row_after(last: JournalEntry, **changes: Any) -> RegisterRow:
    """The register row of a journal whose last line is `last`."""
    row = RegisterRow(
        procedure=last.procedure,
        type="conciliation",
        type_version=1,
        family=Family.ADR,
        privacy=Privacy.ORDINARY,
        administration=ATLANTIA,
        office=OfficeId("marina"),
        offices=(OfficeId("marina"),),
        body="court-1",
        case_number="12/2026",
        external_id=None,
        stage=Stage.SUMMONED,
        scheduled_at=NOON,
        seq=last.seq,
        head=last.hash,
        changed_at=NOON,
        private=PrivatePart(people=(PersonLine(id="p1", role="party", name=CANARY, presence=Presence.EXPECTED),)),
    )
    return row.but(**changes)
