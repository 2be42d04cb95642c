"""Criminal records: asked for, answered, late, set in a document. What a record says is in none of these."""

from domain.base import Value
from domain.events.base import Event
from domain.ids import Sha256
from domain.journal.chain import Stamp
from domain.procedure.criminal_records import NO_RECORDS, CriminalRecordRequest, RecordMessage
from domain.procedure.documents import CaseDocument, DocumentRef
from domain.procedure.state import Procedure
from domain.types.vocabulary import ItemState

RECEIVED = "received"
"""The field of the item that says so."""


class CriminalRecordRequested(Event):
    """Whoever holds the act asked: the own register, and the states of nationality or the central system."""

    request: CriminalRecordRequest

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        asked = procedure.criminal_records or NO_RECORDS
        return procedure.but(criminal_records=asked.but(requests=(*asked.requests, self.request)))


class _OfMessage(Value):
    request: str
    message: str

    def _changed(self, procedure: Procedure, **changes: object) -> Procedure:
        assert procedure.criminal_records is not None
        request = procedure.criminal_records.request(self.request)
        return _with(procedure, request.with_message(request.message(self.message).but(**changes)))


class CriminalRecordAnswered(_OfMessage, Event):
    """An authority answered; the answer is kept as it came, under the key of the procedure."""

    sha256: Sha256
    kept: DocumentRef
    more: tuple[RecordMessage, ...] = ()
    """What is asked because of it: the states that hold convictions."""

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        answered = {"sha256": self.sha256, "kept": self.kept, "answered_at": stamp.at, "trouble": None}
        changed = self._changed(procedure, **answered)
        assert changed.criminal_records is not None
        request = changed.criminal_records.request(self.request)
        return _with(changed, request.but(messages=(*request.messages, *self.more)))


class CriminalRecordUnfit(_OfMessage, Event):
    """What came, or the attempt, was of no use: it cannot be read, or is about somebody else. It is asked for on."""

    trouble: str
    sha256: Sha256 | None = None

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,) if self.sha256 else ()

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, trouble=self.trouble, unfit=self.sha256)


class CriminalRecordOverdue(_OfMessage, Event):
    """The term of the law has passed without an answer: it is told, and nothing follows from it by itself."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, overdue=True)


class CriminalRecordWritten(Event):
    """Everything that has come so far, in one document for those who may read it. Its item says that an answer came,
    unless it is done."""

    request: str
    document: CaseDocument
    answers: int

    def subjects(self) -> tuple[str, ...]:
        return (self.document.original.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        assert procedure.criminal_records is not None
        request = procedure.criminal_records.request(self.request)
        written = request.but(document=self.document.id, reported=self.answers)
        item = procedure.item(request.item)
        if item.state in (ItemState.OPEN, ItemState.SUSPENDED) and procedure.type.item(item.code).field(RECEIVED):
            procedure = procedure.with_item(item.but(values={**item.values, RECEIVED: True}))
        return _with(procedure.but(documents=(*procedure.documents, self.document)), written)


class CriminalRecordLeft(Event):
    """The act ended before these answers came: nobody waits for them any more."""

    requests: tuple[str, ...]

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        for id in self.requests:
            assert procedure.criminal_records is not None
            procedure = _with(procedure, procedure.criminal_records.request(id).but(left=True))
        return procedure


class DocumentWithheld(Event):
    """These bytes stay out of the evidence bundle: they are for fewer people than the bundle is."""

    sha256s: tuple[Sha256, ...]

    def subjects(self) -> tuple[str, ...]:
        return self.sha256s

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure


def _with(procedure: Procedure, request: CriminalRecordRequest) -> Procedure:
    assert procedure.criminal_records is not None
    return procedure.but(criminal_records=procedure.criminal_records.with_request(request))
