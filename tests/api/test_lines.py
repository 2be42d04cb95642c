"""Fields of one line: the words that a person types into an agenda item have no line break where none is shown."""

from typing import Any

import pytest

import agenda_types
from api.commands.form_values import refuse_line_breaks
from domain.errors import Refusal
from domain.types.item_type import FieldKind

LINES = [
    (kind, field, column)
    for kind in agenda_types.load().values()
    for field in kind.fields
    for column in (field.columns or (None,))
    if (column or field).kind is FieldKind.LINE
]


@pytest.mark.parametrize(("kind", "field", "column"), LINES[:12])
def test_a_line_has_no_break_wherever_it_stands(kind: Any, field: Any, column: Any) -> None:
    typed: Any = [{column.name: "a\nb"}] if column else "a\rb"
    with pytest.raises(Refusal) as refused:
        refuse_line_breaks(kind, {field.name: typed})
    assert refused.value.params == {"field": (column or field).name, "kind": "line"}
    refuse_line_breaks(kind, {field.name: [{column.name: "a b\n"}] if column else " a b\n"})


@pytest.mark.parametrize("values", [{}, {"nowhere": "a\nb"}, {"text": 7}])
def test_what_is_wrong_otherwise_is_for_the_rule(values: dict[str, Any]) -> None:
    for kind in agenda_types.load().values():
        refuse_line_breaks(kind, values)
        refuse_line_breaks(kind, {field.name: "x" if field.columns else None for field in kind.fields})
