"""A request to a foreign authority is written, sent by LexNET, taken, answered."""

from datetime import datetime

from domain.events.base import Event
from domain.journal.chain import Stamp
from domain.procedure.cooperation import Answer, Cooperation, LexnetReceipt, SentFile, Submission
from domain.procedure.documents import CaseDocument
from domain.procedure.state import Procedure
from domain.types.cooperation import AnswerKind
from domain.types.vocabulary import Stage


def _so_far(procedure: Procedure) -> Cooperation:
    return procedure.cooperation or Cooperation()


class PreparationBegun(Event):
    """Whoever writes the request can begin. Nobody is summoned, and there is no room."""

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return procedure.but(stage=Stage.PREPARATION, session_began_at=stamp.at, cooperation=Cooperation())


class RequestSubmitted(Event):
    """Signed by everybody of the plan, and approved to be sent: exactly these files."""

    message: str
    instrument: str
    files: tuple[SentFile, ...]

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        submission = Submission(**dict(self), submitted_at=stamp.at)
        before = _so_far(procedure)
        changed = before.but(submissions=(*before.submissions, submission), overdue=())
        return procedure.but(stage=Stage.SUBMISSION, cooperation=changed)


class LexnetReceiptKept(Event):
    """LexNET has taken it; its receipt is in the file."""

    message: str
    number: str
    recorded_at: datetime
    receipt: CaseDocument

    def subjects(self) -> tuple[str, ...]:
        return _hashes((self.receipt,))

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        kept = LexnetReceipt(number=self.number, recorded_at=self.recorded_at, document=self.receipt.id)
        before = _so_far(procedure)
        changed = before.but(submissions=_last(before, receipt=kept))
        documents = (*procedure.documents, self.receipt)
        return procedure.but(stage=Stage.AWAITING, cooperation=changed, documents=documents)


class LexnetRefused(Event):
    """LexNET did not take it, and says why; it is put right and sent again."""

    message: str
    code: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        before = _so_far(procedure)
        return procedure.but(
            stage=Stage.PREPARATION, cooperation=before.but(submissions=_last(before, refused=self.code))
        )


class AnswerReceived(Event):
    """A message of the Central Authority was taken from the mailbox, with its documents."""

    message: str
    answers: str
    kind: AnswerKind
    sender: str
    words: str
    recorded_at: datetime
    documents: tuple[CaseDocument, ...] = ()
    unreadable: tuple[str, ...] = ()

    def subjects(self) -> tuple[str, ...]:
        return _hashes(self.documents)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        told = {**dict(self), "documents": tuple(document.id for document in self.documents)}
        before = _so_far(procedure)
        changed = before.but(answers=(*before.answers, Answer(**told, received_at=stamp.at)))
        stage = Stage.ANSWERED if self.kind.final else procedure.stage
        if self.kind is AnswerKind.RETURNED and before.sent is not None and before.sent.message == self.answers:
            stage = Stage.PREPARATION
        return procedure.but(stage=stage, cooperation=changed, documents=(*procedure.documents, *self.documents))


class AnswerOverdue(Event):
    """A term of the instrument has passed, and what settles it has not come; the console says so."""

    rule: str
    ended_at: datetime

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        before = _so_far(procedure)
        return procedure.but(cooperation=before.but(overdue=(*before.overdue, self.rule)))


def _hashes(documents: tuple[CaseDocument, ...]) -> tuple[str, ...]:
    spoken = [d.original.sha256 for d in documents] + [file.content.sha256 for d in documents for file in d.brought]
    return tuple(dict.fromkeys(spoken))


def _last(cooperation: Cooperation, **changes: object) -> tuple[Submission, ...]:
    return (*cooperation.submissions[:-1], cooperation.submissions[-1].but(**changes))
