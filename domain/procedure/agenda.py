"""What stands on the agenda of one procedure."""

from datetime import datetime
from typing import Any

from pydantic import Field

from domain.base import Value
from domain.ids import ItemId
from domain.types.vocabulary import ItemState


class AgendaItem(Value):
    """One point of the agenda of one procedure."""

    id: ItemId
    code: str
    state: ItemState = ItemState.PLANNED
    role: str | None = None
    """The role that the plan expects to speak or act here."""
    values: dict[str, Any] = Field(default_factory=dict)
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    opened_by: str | None = None
    skip_reason: str | None = None
    corrections: int = 0
