"""What people type, as the domain takes it: one agenda item's fields from a form, amounts and dates as written here."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.errors import Refusal
from domain.refusals.requests import FIELD_INVALID
from domain.text import ONE_LINE
from domain.types.item_type import AgendaItemType, FieldKind, ItemField

FIELD = "f."
"""Every field of an item is `f.<field>`, in rows `f.<field>.<row>.<column>`."""

MOST_ROWS = 100


def item_values(kind: AgendaItemType, form: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an item's form. What does not parse is handed on as typed: the rule names the field."""
    values: dict[str, Any] = {}
    for field in kind.fields:
        value = _rows(field, form) if field.kind is FieldKind.ROWS else _value(field, form.get(f"{FIELD}{field.name}"))
        if value not in (None, "", []):
            values[field.name] = value
    return values


def refuse_line_breaks(kind: AgendaItemType, values: Mapping[str, Any]) -> None:
    """Raises `Refusal('field_invalid')` for a field of one line that has several. Anything else is for the rule."""
    for fault in line_breaks(kind, values):
        raise fault


def line_breaks(kind: AgendaItemType, values: Mapping[str, Any]) -> Iterator[Refusal]:
    """A refusal for each field of one line that has several."""
    for field in kind.fields:
        value = values.get(field.name)
        rows = value if field.kind is FieldKind.ROWS and isinstance(value, list) else []
        for row in filter(lambda row: isinstance(row, dict), rows):
            yield from (fault for column in field.columns for fault in _line_break(column, row.get(column.name)))
        yield from _line_break(field, value)


def _line_break(field: ItemField, value: Any) -> Iterator[Refusal]:
    if field.kind is FieldKind.LINE and isinstance(value, str) and not re.match(ONE_LINE, value.strip()):
        yield Refusal(FIELD_INVALID, field=field.name, kind=field.kind.value)


def _rows(field: ItemField, form: Mapping[str, Any]) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{re.escape(FIELD + field.name)}\.(\d{{1,3}})\.")
    numbers = sorted({int(found[1]) for name in form if (found := pattern.match(name))})[:MOST_ROWS]
    rows = []
    for number in numbers:
        row = {c.name: _value(c, form.get(f"{FIELD}{field.name}.{number}.{c.name}")) for c in field.columns}
        said = {name: value for name, value in row.items() if value not in (None, "")}
        # What is already there before anybody types (a no, a default) does not make a row.
        beginning = {column.name: str(column.default) for column in field.columns if column.default is not None}
        if any(value is not False and str(value) != beginning.get(name) for name, value in said.items()):
            rows.append(said)
    return rows


def _value(field: ItemField, typed: Any) -> Any:
    if typed is None or not isinstance(typed, str) or not typed.strip():
        return None
    if field.kind is FieldKind.BOOLEAN:
        return typed == "true"
    if field.kind is FieldKind.MONEY:
        return amount(typed)
    return typed.strip().replace("\r\n", "\n")


def amount(typed: str) -> str:
    """`1.200,50`, `1200,5`, `1,200.50` or `1200` as a decimal number; anything else as it was typed."""
    plain = re.sub(r"[\s€]|EUR|euros?", "", typed, flags=re.IGNORECASE)
    if "," in plain and plain.rfind(",") > plain.rfind("."):
        return plain.replace(".", "").replace(",", ".")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        return plain.replace(".", "")
    return plain.replace(",", "")


def local_moment(typed: str, zone: str) -> datetime:
    """`2026-12-03T10:30` at the office, as an instant. Raises `Refusal('field_invalid')`."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except ValueError as error:
        raise Refusal(FIELD_INVALID, field="new_date", kind="date") from error
