"""Orders and fruits of the activities that ask for criminal records. What a record says is in none of them."""

from datetime import datetime

from activities.orders import OnProcedure
from domain.base import Value
from domain.ids import Sha256
from domain.procedure.documents import CaseDocument, DocumentRef


class ExchangeRecord(OnProcedure):
    request: str
    message: str


class ExchangedRecord(Value):
    """An answer: kept, or of no use and why."""

    sha256: Sha256
    kept: DocumentRef | None = None
    trouble: str | None = None
    states: tuple[str, ...] = ()
    """Which the central system named."""


class WriteRecordReport(OnProcedure):
    request: str
    id: str
    at: datetime


class WrittenRecordReport(Value):
    document: CaseDocument
    answers: int
