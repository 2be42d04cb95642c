"""Paragraphs that a type puts into its minutes, in its own words."""

from enum import StrEnum

from pydantic import Field

from domain.base import Texts, Value


class WordingPlace(StrEnum):
    """Where a paragraph stands."""

    OPENING = "opening"
    """After the lines that say when, where and before whom."""
    OUTCOME = "outcome"
    """After how it ended: what follows from it."""
    CLOSING = "closing"
    """Before whoever signs is named."""


class Wording(Value):
    """One paragraph, with what was filled in put into it."""

    place: WordingPlace
    outcomes: tuple[str, ...] = Field(default=(), exclude_if=lambda outcomes: not outcomes)
    """Outcomes with which alone it is said; empty: however it ends."""
    says: Texts
    """A jinja2 sentence over `A23.name` (an item by its code, and its fields), `people.role` and `act`."""
    legal_basis: str | None = Field(default=None, max_length=120, exclude_if=lambda law: law is None)

    def holds(self, place: WordingPlace, outcome: str | None) -> bool:
        return self.place is place and (not self.outcomes or outcome in self.outcomes)


ACT_FACTS = ("number", "body", "place", "day", "outcome")
"""What `act` tells: class and number, the body, the town, the day on which it began (for `day`), how it ended."""
