"""Orders and fruits of what is done by LexNET."""

from datetime import datetime

from activities.orders import OnProcedure
from domain.base import Value
from domain.events.cooperation import AnswerReceived, LexnetReceiptKept


class FileRequest(OnProcedure):
    """The last submission of the state."""

    at: datetime


class FiledRequest(Value):
    receipt: LexnetReceiptKept | None = None
    refused: str | None = None
    """Code of what LexNET refused it for."""


class TakeInAnswers(OnProcedure):
    at: datetime


class TakenAnswers(Value):
    answer: AnswerReceived | None = None
    """None: nothing waits."""
