"""The planned agenda of a procedure type: its lines, and what may be added to them."""

from pydantic import Field

from domain.base import Value


class PlannedItem(Value):
    """A line of the planned agenda."""

    item: str
    role: str | None = None
    optional: bool = False
    required: bool = Field(default=False, exclude_if=lambda required: not required)
    """It may never be left out, whatever reason is given; `legal_basis` says why."""
    each: bool = Field(default=False, exclude_if=lambda each: not each)
    """One item for each person of `role`, who alone is dealt with in it; lines that follow each other go together."""
    legal_basis: str | None = Field(default=None, exclude_if=lambda basis: basis is None)


class AgendaPlan(Value):
    planned: tuple[PlannedItem, ...] = Field(min_length=1)
    allowed: tuple[str, ...] = ()
    """Codes that may be added while the session is held, besides those planned."""
    any_order: bool = True

    @property
    def has_points_of_each(self) -> bool:
        return any(line.each for line in self.planned)
