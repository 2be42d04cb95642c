"""What the office saw of the place where somebody takes part.

Law: RDL 6/2023 art. 62.3, a secure place lets whoever takes part do it freely (b) and confer in private with their
lawyer (c); the municipal justice office is one by law (62.4.a), and somebody there has to have looked.
"""

from datetime import datetime
from enum import StrEnum

from domain.base import Value


class Company(StrEnum):
    """Who is in the room with the person, besides whoever of the office helps."""

    ALONE = "alone"
    ACCOMPANIED = "accompanied"


class SecurePlace(Value):
    """The checklist as it was filled in last, by staff of the office who were there."""

    acts_freely: bool
    company: Company
    others: str | None = None
    """Who they are, in words; None where the person is alone."""
    private_talk: bool
    """Whether the person can talk to their lawyer there without being heard."""
    checked_by: str
    checked_at: datetime

    @property
    def holds(self) -> bool:
        return self.acts_freely and self.private_talk
