"""Minutes as data: blocks drawn from the agenda, corrected with a visible trail, approved, then set as a PDF."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from domain.base import Value
from domain.procedure.documents import DocumentRef


class Heading(Value):
    kind: Literal["heading"] = "heading"
    id: str
    level: int = Field(ge=1, le=3)
    text: str


class Paragraph(Value):
    kind: Literal["paragraph"] = "paragraph"
    id: str
    text: str
    events: tuple[int, ...] = ()
    """Sequence numbers of the journal events that this paragraph comes from."""


class Table(Value):
    kind: Literal["table"] = "table"
    id: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    events: tuple[int, ...] = ()


Block = Annotated[Heading | Paragraph | Table, Field(discriminator="kind")]


class WrittenDocument(Value):
    """What templates write and typst sets: the words of minutes, agreements, declarations, receipts."""

    title: str
    language: str
    administration: str
    body: str
    reference: str
    """Number and class of the procedure as printed under the title."""
    blocks: tuple[Block, ...]
    csv: str | None = None
    verification_url: str | None = None


class Correction(Value):
    """A change to a paragraph of the draft: the old words stay readable."""

    block: str
    before: str
    after: str
    reason: str
    by: str
    at: datetime


class Minutes(Value):
    """Where the minutes of one procedure stand."""

    version: int
    draft: DocumentRef
    """The `WrittenDocument` as canonical JSON."""
    corrections: tuple[Correction, ...] = ()
    approved_by: str | None = None
    approved_at: datetime | None = None
    csv: str | None = None
    document: str | None = None
    """Id of the case document once approved."""
    sealed_at: datetime | None = None


def corrected(draft: WrittenDocument, corrections: tuple[Correction, ...]) -> WrittenDocument:
    """The draft with its corrections applied in order."""
    words = {correction.block: correction.after for correction in corrections}
    blocks = tuple(
        block.but(text=words[block.id]) if isinstance(block, Paragraph) and block.id in words else block
        for block in draft.blocks
    )
    return draft.but(blocks=blocks)
