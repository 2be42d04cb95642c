"""Figures that nobody types: what follows from the rest of an item."""

from typing import Any

import pytest

from domain.base import Texts
from domain.errors import Refusal
from domain.types.computed import Computed
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.item_values import checked_values
from domain.types.vocabulary import Verb

TITLES = Texts({"es": "Campo", "en": "Field"})


def field(name: str, kind: FieldKind, **more: Any) -> ItemField:
    return ItemField(name=name, kind=kind, titles=TITLES, **more)


def item_of(kind: FieldKind, **rule: Any) -> AgendaItemType:
    """An item whose field `it` is computed by that rule."""
    columns = (field("what", FieldKind.LINE), field("price", FieldKind.MONEY, required=True))
    fields = (
        field("rent", FieldKind.MONEY),
        field("wages", FieldKind.MONEY),
        field("adults", FieldKind.INTEGER),
        field("children", FieldKind.INTEGER),
        field("begins", FieldKind.DATE),
        field("ends", FieldKind.DATE),
        field("things", FieldKind.ROWS, columns=columns),
        field("it", kind, computed=Computed(**rule)),
    )
    return AgendaItemType(code="Z9", id="sample", verb=Verb.NOTE, titles=TITLES, fields=fields)


SUM = item_of(FieldKind.MONEY, sum=("rent", "wages"))
PEOPLE = item_of(FieldKind.INTEGER, sum=("adults", "children"))
TOTAL = item_of(FieldKind.MONEY, sum_of={"rows": "things", "column": "price"})
COUNT = item_of(FieldKind.INTEGER, count="things")
DAYS = item_of(FieldKind.INTEGER, days=("begins", "ends"))
THINGS = {"things": [{"price": "0.10"}, {"price": "0,20".replace(",", "."), "what": "copia"}]}

FOLLOWS = [
    (SUM, {"rent": "1200", "wages": "0.50"}, "1200.50"),
    (SUM, {"rent": "1200"}, "1200.00"),
    (SUM, {}, None),
    (PEOPLE, {"adults": "2", "children": 1}, 3),
    (TOTAL, THINGS, "0.30"),
    (TOTAL, {"things": []}, None),
    (COUNT, THINGS, 2),
    (DAYS, {"begins": "2027-02-27", "ends": "2027-03-01"}, 2),
    (DAYS, {"begins": "2027-03-01", "ends": "2027-02-27"}, -2),
    (DAYS, {"begins": "2027-02-27"}, None),
]


@pytest.mark.parametrize(("item", "typed", "expected"), FOLLOWS)
def test_what_is_computed_is_kept_without_anybody_typing_it(
    item: AgendaItemType, typed: dict[str, Any], expected: Any
) -> None:
    kept = checked_values(item, typed, complete=True)
    assert kept.get("it") == expected
    assert checked_values(item, kept, complete=True) == kept, "and taken again as it was kept"


@pytest.mark.parametrize(("item", "typed", "expected"), FOLLOWS)
def test_another_figure_is_refused_with_the_right_one(
    item: AgendaItemType, typed: dict[str, Any], expected: Any
) -> None:
    with pytest.raises(Refusal) as refused:
        checked_values(item, typed | {"it": 7}, complete=True)
    assert (refused.value.code, refused.value.params["field"]) == ("computed_otherwise", "it")
    assert refused.value.params["said"] == ("" if expected is None else expected)


def test_a_draft_keeps_no_figure_that_its_words_do_not_give() -> None:
    assert checked_values(COUNT, THINGS | {"it": 7}, complete=False)["it"] == 2
