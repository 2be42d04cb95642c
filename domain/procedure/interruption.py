"""That an act has stopped."""

from datetime import datetime

from pydantic import Field

from domain.base import Value
from domain.ids import ItemId, ParticipantId
from domain.types.absence import AbsenceEffect
from domain.types.vocabulary import InterruptionCause, Stage


class Interruption(Value):
    """Why the act stopped, who must move, what has to be repeated, and where it goes on."""

    cause: InterruptionCause
    note: str
    at: datetime
    must_act: str
    """Role code, `office`, or `system`."""
    repeats: tuple[ParticipantId, ...] = ()
    """People whose identity lapsed."""
    item: ItemId | None = None
    field: str | None = None
    """Where the words stopped: the item and field to go on with."""
    back_to: Stage
    planned_end: datetime | None = None
    due_at: datetime | None = Field(default=None, exclude_if=lambda due: due is None)
    """When the term for going on is over, where it is one of working days."""
    overdue: str | None = None
    """The rule whose term has passed meanwhile."""
    proposes: AbsenceEffect | None = Field(default=None, exclude_if=lambda proposed: proposed is None)
    """What may follow from somebody's absence; a person decides it."""
    legal_basis: str | None = Field(default=None, exclude_if=lambda basis: basis is None)
