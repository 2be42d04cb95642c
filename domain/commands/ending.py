"""The end of a session and its minutes."""

from pydantic import Field

from domain.base import Revision
from domain.commands.base import Command
from domain.ids import Sha256


class CloseSession(Command):
    outcome: str
    despite: str | None = Field(default=None, min_length=10, max_length=1000, exclude_if=lambda reason: reason is None)
    """Why a document that everybody signed does not hold, where the outcome contradicts it."""


class CorrectMinutes(Command):
    block: str
    before: str
    after: str = Field(max_length=20000)
    reason: str = Field(min_length=3, max_length=500)
    revision: Revision = None


class ApproveMinutes(Command):
    draft: Sha256
    """Of the draft that was on the approver's screen."""
    corrections: int
    """How many corrections that draft had: nobody approves words that were changed meanwhile."""
