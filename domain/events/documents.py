"""Documents brought, refused, written, shown and read."""

from domain.events.base import Event
from domain.ids import ParticipantId, Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import CaseDocument, DocumentRef, Reading
from domain.procedure.state import Procedure


class DocumentDeposited(Event):
    """A scan was accepted: fixed as PDF/A, hashed, encrypted, locked, with its receipt."""

    document: CaseDocument

    def subjects(self) -> tuple[str, ...]:
        receipt = (self.document.receipt.sha256,) if self.document.receipt else ()
        brought = (file.content.sha256 for file in self.document.brought)
        return tuple(dict.fromkeys((self.document.original.sha256, *receipt, *brought)))

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(documents=(*procedure.documents, self.document))


class DocumentRefused(Event):
    """A file was not taken in; the reason was told to who brought it."""

    raw: DocumentRef
    """The file that was refused; the first one where the reason is about none of them alone."""
    reason: str
    part: int | None = None
    """Which of the files, from 1."""
    found: str | None = None
    """What it has inside that may not come in."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure


class DocumentWritten(Event):
    """The platform wrote a document from the agenda (an agreement, a declaration, a slip)."""

    document: CaseDocument

    def subjects(self) -> tuple[str, ...]:
        return (self.document.original.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        earlier = tuple(document for document in procedure.documents if document.id != self.document.id)
        return procedure.but(documents=(*earlier, self.document))


class DocumentPresented(Event):
    document: str
    sha256: Sha256
    to: tuple[ParticipantId, ...]

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        document = procedure.document(self.document)
        shown = tuple(dict.fromkeys((*document.presented_to, *self.to)))
        return procedure.with_document(document.but(presented_to=shown))


class DocumentPageRead(Event):
    """One page of exactly these bytes was on that person's screen (law: RDL 6/2023 art. 60.7.a)."""

    document: str
    document_sha256: Sha256
    participant: ParticipantId
    page: int

    def subjects(self) -> tuple[str, ...]:
        return (self.document_sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        document = procedure.document(self.document)
        reading = document.reading_by(self.participant) or Reading(
            participant=self.participant, sha256=self.document_sha256
        )
        pages = tuple(sorted({*reading.pages, self.page}))
        return procedure.with_document(with_reading(document, reading.but(pages=pages)))


class DocumentUnderstood(Event):
    """The person said: I have read it and I understand it."""

    document: str
    sha256: Sha256
    participant: ParticipantId

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        document = procedure.document(self.document)
        reading = document.reading_by(self.participant) or Reading(participant=self.participant, sha256=self.sha256)
        return procedure.with_document(with_reading(document, reading.but(accepted_at=stamp.at)))


def with_reading(document: CaseDocument, changed: Reading) -> CaseDocument:
    """The document with that person's reading replaced or added."""
    others = tuple(reading for reading in document.readings if reading.participant != changed.participant)
    return document.but(readings=(*others, changed))
