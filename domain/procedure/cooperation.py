"""A request to a foreign authority: each time it was sent with its receipt, and what was answered."""

from datetime import datetime

from pydantic import Field

from domain.base import Value
from domain.ids import Sha256
from domain.types.cooperation import AnswerKind, AnswerTerm, Instrument


class SentFile(Value):
    """A file of what is sent, as LexNET names it."""

    name: str
    document: str
    """Id of the document in the file of the procedure."""
    sha256: Sha256
    size: int


class LexnetReceipt(Value):
    """Law: RD 1065/2015 art. 17.3; the receipt proves what was sent, to whom and when."""

    number: str
    recorded_at: datetime
    """By the clock of LexNET."""
    document: str
    """Id of the receipt in the file of the procedure."""


class Submission(Value):
    message: str
    """Names it for LexNET: sent twice under one name, it is filed once."""
    instrument: str
    files: tuple[SentFile, ...]
    submitted_at: datetime
    receipt: LexnetReceipt | None = None
    refused: str | None = Field(default=None, exclude_if=lambda refused: refused is None)
    """Why LexNET did not take it."""


class Answer(Value):
    message: str
    """As LexNET names it."""
    answers: str
    """Which time it was sent: that message of ours."""
    kind: AnswerKind
    sender: str
    words: str
    recorded_at: datetime
    """By the clock of LexNET."""
    received_at: datetime
    documents: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Names of files that could not be copied for reading: they are in the file as they came."""


class Cooperation(Value):
    submissions: tuple[Submission, ...] = ()
    answers: tuple[Answer, ...] = ()
    overdue: tuple[str, ...] = ()
    """Rules of the terms that have passed since it was sent last."""

    @property
    def sent(self) -> Submission | None:
        """The last time that it was sent."""
        return self.submissions[-1] if self.submissions else None

    @property
    def filed_at(self) -> datetime | None:
        """When LexNET took it last."""
        return self.sent.receipt.recorded_at if self.sent and self.sent.receipt else None

    @property
    def returned(self) -> Answer | None:
        """Why it has to be put right now; None where it has been sent since, or never came back."""
        sent = self.sent.message if self.sent else None
        back = (one for one in self.answers if one.kind is AnswerKind.RETURNED and one.answers == sent)
        return next(back, None)

    @property
    def end(self) -> Answer | None:
        """The answer that ends it."""
        return next((answer for answer in self.answers if answer.kind.final), None)

    def next_term(self, instrument: Instrument) -> tuple[AnswerTerm, datetime] | None:
        """The first term that nothing has settled and that has not been found passed yet, with when it ends."""
        if self.filed_at is None:
            return None
        kinds = {answer.kind for answer in self.answers if self.sent and answer.answers == self.sent.message}
        open_ = [
            (term, self.filed_at + term.length)
            for term in instrument.terms
            if term.rule not in self.overdue and not kinds & set(term.settled_by)
        ]
        return min(open_, key=lambda found: found[1], default=None)
