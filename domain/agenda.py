"""What may stand on an agenda (item types, data) and what stands on one (items, state)."""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Texts, Value
from domain.errors import Refusal
from domain.ids import ItemId, ParticipantId
from domain.vocabulary import InMinutes, ItemState, Verb


class FieldKind(StrEnum):
    """How one field of an item is typed in, stored and shown."""

    LINE = "line"
    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    PARTICIPANT = "participant"
    DOCUMENT = "document"
    ROWS = "rows"
    """A table: a list of rows, each with the `columns` of the field."""


class ItemField(Value):
    """One field of an item type."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    kind: FieldKind
    titles: Texts
    hint: Texts | None = None
    required: bool = False
    options: dict[str, Texts] = Field(default_factory=dict)
    columns: tuple["ItemField", ...] = ()
    max_length: int = Field(default=4000, ge=1, le=20000)

    @model_validator(mode="after")
    def _options_and_columns_fit_the_kind(self) -> "ItemField":
        if (self.kind is FieldKind.CHOICE) != bool(self.options):
            raise PydanticCustomError("options_and_choice", "options and kind choice go together")
        if (self.kind is FieldKind.ROWS) != bool(self.columns):
            raise PydanticCustomError("columns_and_rows", "columns and kind rows go together")
        if any(column.kind is FieldKind.ROWS for column in self.columns):
            raise PydanticCustomError("rows_in_rows", "rows inside rows are not supported")
        return self


class Requirement(StrEnum):
    """What must hold before an item may be done; checked by `domain/rules/agenda.py`."""

    IDENTITY_VALID = "identity_valid"
    """Every citizen who has been admitted has a valid identity (law: RDL 6/2023 art. 60)."""
    OATH_TAKEN = "oath_taken"
    WARNINGS_GIVEN = "warnings_given"
    SETTLEMENT_RECORDED = "settlement_recorded"
    OUTCOME_RECORDED = "outcome_recorded"


class AgendaItemType(Value):
    """One file of `agenda_types/`: what may stand on an agenda."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,49}$")
    verb: Verb
    titles: Texts
    help: Texts | None = None
    fields: tuple[ItemField, ...] = ()
    requires: tuple[Requirement, ...] = ()
    repeatable: bool = True
    in_minutes: InMinutes = InMinutes.FULL
    minutes: Texts | None = None
    """A jinja2 sentence for the minutes over `item` and `people`; without it the fields are listed."""
    visible_to: tuple[str, ...] = ()
    """Role codes that may read what was filled in; empty means everybody in the room."""
    legal_basis: tuple[str, ...] = ()

    def field(self, name: str) -> ItemField | None:
        return next((field for field in self.fields if field.name == name), None)


class AgendaItem(Value):
    """One point of the agenda of one procedure."""

    id: ItemId
    code: str
    state: ItemState = ItemState.PLANNED
    role: str | None = None
    """The role that the plan expects to speak or act here."""
    values: dict[str, Any] = Field(default_factory=dict)
    participants_present: tuple[ParticipantId, ...] = ()
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    opened_by: str | None = None
    skip_reason: str | None = None
    corrections: int = 0


def checked_values(item_type: AgendaItemType, values: dict[str, Any], *, complete: bool) -> dict[str, Any]:
    """Return `values` in canonical JSON form (money as `1200.00`, dates as ISO 8601).

    Raises `Refusal` naming the field; with `complete`, required fields must be there.
    """
    for name in values:
        if item_type.field(name) is None:
            raise Refusal("unknown_field", field=name, known=[field.name for field in item_type.fields])
    checked = {}
    for field in item_type.fields:
        value = values.get(field.name)
        if value in (None, "", []):
            if complete and field.required:
                raise Refusal("field_required", field=field.name, item=item_type.code)
            continue
        checked[field.name] = _checked(field, value)
        if complete and field.kind is FieldKind.ROWS:
            _rows_are_complete(item_type, field, checked[field.name])
    return checked


def _rows_are_complete(item_type: AgendaItemType, field: ItemField, rows: list[dict[str, Any]]) -> None:
    for column in field.columns:
        if column.required and any(column.name not in row for row in rows):
            raise Refusal("field_required", field=column.name, item=item_type.code)


def _checked(field: ItemField, value: Any) -> Any:
    try:
        return _PARSERS[field.kind](field, value)
    except (ValueError, TypeError, InvalidOperation, AttributeError) as error:
        raise Refusal("field_invalid", field=field.name, kind=field.kind.value) from error


def _text(field: ItemField, value: Any) -> str:
    if not isinstance(value, str) or len(value) > field.max_length or "\x00" in value:
        raise ValueError(value)
    return value.strip()


def _boolean(_: ItemField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _integer(_: ItemField, value: Any) -> int:
    # scar: int() alone makes 7 of 7.5, and 1 of a ticked box.
    if isinstance(value, bool | float):
        raise ValueError(value)
    return int(value)


def _money(_: ItemField, value: Any) -> str:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise ValueError(value)
    return f"{amount:.2f}"


def _choice(field: ItemField, value: Any) -> str:
    if value not in field.options:
        raise ValueError(value)
    return str(value)


def _time(_: ItemField, value: Any) -> str:
    return time.fromisoformat(value).strftime("%H:%M")


def _rows(field: ItemField, value: Any) -> list[dict[str, Any]]:
    return [_row(field, row) for row in value]


def _row(field: ItemField, row: dict[str, Any]) -> dict[str, Any]:
    unknown = set(row) - {column.name for column in field.columns}
    if unknown:
        raise ValueError(unknown)
    return {
        column.name: _checked(column, row[column.name])
        for column in field.columns
        if row.get(column.name) not in (None, "")
    }


_PARSERS: dict[FieldKind, Any] = {
    FieldKind.LINE: _text,
    FieldKind.TEXT: _text,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _money,
    FieldKind.DATE: lambda _, value: date.fromisoformat(value).isoformat(),
    FieldKind.TIME: _time,
    FieldKind.CHOICE: _choice,
    FieldKind.PARTICIPANT: _text,
    FieldKind.DOCUMENT: _text,
    FieldKind.ROWS: _rows,
}
