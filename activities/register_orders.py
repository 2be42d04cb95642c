"""Orders and fruits of what is entered in registers outside."""

from datetime import datetime

from activities.orders import OnProcedure
from domain.base import Value
from domain.events.register_entries import RegisterEntryMade


class EnterDocument(OnProcedure):
    entry: str
    """Id of the entry in the state."""
    at: datetime


class EnteredDocument(Value):
    made: RegisterEntryMade | None = None
    refused: str | None = None
    """Code of why the register does not take it."""
