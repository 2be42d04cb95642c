"""What follows from the rest of a form: nobody types it, and it is never another figure than the others give."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Value


class ColumnOf(Value):
    """A column of the rows of another field."""

    rows: str
    """A field of the same item, of kind `rows`."""
    column: str


class Computed(Value):
    """Exactly one of these; what nobody has filled in counts for nothing, and where nothing is, nothing is computed."""

    sum: tuple[str, ...] = Field(default=(), exclude_if=lambda names: not names)
    """Fields of the same item and kind (`money`, `integer`) that are added up."""
    sum_of: ColumnOf | None = Field(default=None, exclude_if=lambda column: column is None)
    """A column of that kind that is added up over all rows."""
    count: str | None = Field(default=None, exclude_if=lambda name: name is None)
    """A field of kind `rows`: how many there are."""
    days: tuple[str, ...] = Field(default=(), max_length=2, exclude_if=lambda names: not names)
    """Two fields of kind `date`: how many days lie between the first and the second."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        said = [bool(self.sum), self.sum_of is not None, self.count is not None, bool(self.days)]
        if said.count(True) != 1 or len(self.days) == 1:
            raise PydanticCustomError("computed_one_way", "exactly one of sum, sum_of, count, days (two fields)")
        return self

    def of(self, values: Mapping[str, Any]) -> Any:
        """In canonical form, as `values` are: money as `1200.00`. None where there is nothing to compute from."""
        if self.count:
            return len(values[self.count]) if values.get(self.count) else None
        if self.days:
            first, last = (values.get(name) for name in self.days)
            return (date.fromisoformat(last) - date.fromisoformat(first)).days if first and last else None
        if self.sum_of:
            return _added(row.get(self.sum_of.column) for row in values.get(self.sum_of.rows) or ())
        return _added(values.get(name) for name in self.sum)


def _added(figures: Iterable[Any]) -> Any:
    """Whole numbers as they are, amounts as `1200.00`."""
    given = [figure for figure in figures if figure is not None]
    if not given:
        return None
    if all(isinstance(figure, int) for figure in given):
        return sum(given)
    return f"{sum(map(Decimal, given)):.2f}"
