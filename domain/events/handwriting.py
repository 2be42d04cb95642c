"""Signing by hand on the screen of an office: that it was done, or that somebody does without."""

from domain.events.base import Event
from domain.ids import ParticipantId, Sha256
from domain.journal.chain import Stamp
from domain.procedure.documents import DocumentRef, Handwriting
from domain.procedure.state import Procedure


class SignatureHandwritten(Event):
    """A drawing, and its strokes encrypted by the browser, both bound to these bytes (law: RDL 6/2023 art. 29.3)."""

    document: str
    document_sha256: Sha256
    participant: ParticipantId
    handwriting: DocumentRef
    image_sha256: Sha256
    key: Sha256

    def subjects(self) -> tuple[str, ...]:
        return (self.document_sha256, self.handwriting.sha256)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        done = Handwriting(
            participant=self.participant, content=self.handwriting, image_sha256=self.image_sha256, key=self.key
        )
        return with_handwriting(procedure, self.document, done)


class HandwritingDeclined(Event):
    """The person signs with the PIN alone; nobody asks why."""

    document: str
    document_sha256: Sha256
    participant: ParticipantId

    def subjects(self) -> tuple[str, ...]:
        return (self.document_sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return with_handwriting(procedure, self.document, Handwriting(participant=self.participant))


def with_handwriting(procedure: Procedure, document_id: str, done: Handwriting) -> Procedure:
    document = procedure.document(document_id)
    others = tuple(one for one in document.handwritings if one.participant != done.participant)
    return procedure.with_document(document.but(handwritings=(*others, done)))
