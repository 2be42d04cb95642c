"""What stands on the agenda of one procedure."""

from datetime import datetime
from typing import Any

from pydantic import Field

from domain.base import Value
from domain.ids import ItemId, ParticipantId
from domain.types.vocabulary import ItemState


class Prefilled(Value):
    """What a case-management system knew of an item when it asked for the procedure. Nobody has confirmed it."""

    values: dict[str, Any]
    by: str
    """The label of its key, or the name of whoever asked."""


class Declaration(Value):
    """On what the act is held and between whom, in the words of whoever asked for it."""

    values: dict[str, Any]
    """By field of the item that its type names for it, in canonical form."""
    by: str
    """The label of a key, or the name of whoever asked."""


class AgendaItem(Value):
    """One item of the agenda of one procedure."""

    id: ItemId
    code: str
    state: ItemState = ItemState.PLANNED
    role: str | None = None
    """The role that the plan expects to speak or act here."""
    person: ParticipantId | None = Field(default=None, exclude_if=lambda person: person is None)
    """Whom alone it deals with, where each person of the role has an item of their own."""
    line: int | None = Field(default=None, exclude_if=lambda line: line is None)
    """The line of the plan that it stands for, where one line may have several items."""
    values: dict[str, Any] = Field(default_factory=dict)
    prefilled: Prefilled | None = Field(default=None, exclude_if=lambda prefilled: prefilled is None)
    """Until a person fills the item in: with these values or with others."""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    opened_by: str | None = None
    skip_reason: str | None = None
    corrections: int = 0
    revision: int = Field(default=0, exclude_if=lambda revision: revision == 0)
    """How many times its values were saved: whoever saves says which ones they had before them."""
    saved_by: str | None = Field(default=None, exclude_if=lambda saved_by: saved_by is None)
    saved_at: datetime | None = Field(default=None, exclude_if=lambda saved_at: saved_at is None)

    def saved(self, values: dict[str, Any], by: str, at: datetime, **changes: Any) -> "AgendaItem":
        """The item with `values` instead of what it said."""
        confirmed = {"values": values, "prefilled": None, "saved_by": by, "saved_at": at}
        return self.but(revision=self.revision + 1, **confirmed, **changes)
