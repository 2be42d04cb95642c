"""A decision table: rows of conditions over what an item says, and the choice that the first of them to hold gives."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import Field

from domain.base import Value

Answers = dict[str, tuple[str, ...]]
Amounts = dict[str, int]


class DecisionRow(Value):
    """It holds once everything that it names does."""

    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Field -> the choices, or `yes` or `no`, with which it holds."""
    at_least: Amounts = Field(default={}, exclude_if=lambda amounts: not amounts)
    """Field of kind `money` or `integer` -> the amount from which on it holds; of kind `date`, days before the act."""
    below: Amounts = Field(default={}, exclude_if=lambda amounts: not amounts)
    """The same -> the amount, or the days before the act, up to which it holds, that one left out."""
    choice: str
    """Code of an option of the field that is decided."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it asks, once."""
        return tuple(dict.fromkeys((*self.when, *self.at_least, *self.below)))

    def holds(self, values: Mapping[str, Any], on: date) -> bool:
        """`on`: the day of the act. An amount that nobody said is neither high nor low."""
        amounts = {name: _amount(values.get(name), on) for name in (*self.at_least, *self.below)}
        return (
            all(_answer(values.get(name)) in choices for name, choices in self.when.items())
            and None not in amounts.values()
            and all((amounts[name] or 0) >= lowest for name, lowest in self.at_least.items())
            and all((amounts[name] or 0) < highest for name, highest in self.below.items())
        )


class Decision(Value):
    """What is chosen in `field` follows from the rest of the item; where no row holds, whoever fills it in says it."""

    field: str
    rows: tuple[DecisionRow, ...] = Field(min_length=1)
    legal_basis: str = Field(min_length=3, max_length=120)

    def choice(self, values: Mapping[str, Any], on: date) -> str | None:
        return next((row.choice for row in self.rows if row.holds(values, on)), None)


def _answer(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _amount(value: Any, on: date) -> Decimal | None:
    """In canonical form: a day as ISO 8601, an amount as `1200.00`."""
    if value is None or value == "":
        return None
    try:
        return Decimal((on - date.fromisoformat(str(value))).days)
    except ValueError:
        return Decimal(str(value))
