"""Orders and fruits of the activities that know the calendar of a place."""

from datetime import date, datetime

from domain.base import Value
from domain.ids import AdministrationId, OfficeId
from domain.types.vocabulary import TermDays


class ReckonTerm(Value):
    """A term of `length` working days."""

    administration: AdministrationId
    offices: tuple[OfficeId, ...]
    """Where the act is held, then others whose public holidays are left out."""
    begins: datetime
    length: int
    days: TermDays


class ReckonedTerm(Value):
    last_day: date
    due_at: datetime
    left_out: tuple[date, ...]
