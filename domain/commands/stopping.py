"""Interrupting, going on, another day, the end before the time."""

from pydantic import Field

from domain.base import Moment
from domain.commands.base import Command
from domain.ids import ParticipantId
from domain.types.vocabulary import InterruptionCause


class InterruptProcedure(Command):
    cause: InterruptionCause
    note: str = Field(default="", max_length=1000)
    must_act: str
    field: str | None = None
    planned_end: Moment | None = None


class ResumeProcedure(Command):
    pass


class AdjournProcedure(Command):
    reason: str = Field(min_length=3, max_length=1000)
    new_date: Moment


class CancelProcedure(Command):
    reason: str = Field(min_length=3, max_length=1000)
    as_no_show: bool = Field(default=False, exclude_if=lambda recorded: not recorded)
    """It ends as not held because somebody needed is missing: only where it has been found that they are."""


class RetryStep(Command):
    """An automatic step met something that a person had to settle; it is settled, or the address was corrected."""

    participant: ParticipantId | None = None
    email: str | None = Field(default=None, max_length=254)
