"""Questions of an item that were answered with no: a sentence that tells only a yes would lose them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.types.item_type import AgendaItemType, FieldKind, ItemField


@dataclass(frozen=True)
class Denial:
    """One question that was answered with no, and the values without that answer and with the other one."""

    field: ItemField
    unsaid: dict[str, Any]
    yes: dict[str, Any]
    whose: str | None = None
    """Of which person, where it is a question to each."""


def answered_no(item_type: AgendaItemType, values: dict[str, Any]) -> Iterator[Denial]:
    for field in item_type.fields:
        if field.kind is FieldKind.BOOLEAN and values.get(field.name) is False:
            yield Denial(field, values | {field.name: None}, values | {field.name: True})
        if field.kind is FieldKind.ROWS:
            people = [column.name for column in field.columns if column.kind is FieldKind.PARTICIPANT]
            for number, row in enumerate(values.get(field.name) or []):
                for column in field.columns:
                    if column.kind is FieldKind.BOOLEAN and row.get(column.name) is False:
                        unsaid, yes = (
                            values | {field.name: _with_cell(values[field.name], number, column.name, answer)}
                            for answer in (None, True)
                        )
                        yield Denial(column, unsaid, yes, next((row[name] for name in people if row.get(name)), None))


def _with_cell(rows: list[dict[str, Any]], number: int, name: str, value: Any) -> list[dict[str, Any]]:
    return [row | {name: value} if place == number else row for place, row in enumerate(rows)]
