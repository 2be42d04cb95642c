"""What may be typed into each kind of field, and how it is kept."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import agenda_types
from domain.base import Texts
from domain.errors import Refusal
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.item_values import checked_values, value_faults
from domain.types.vocabulary import Verb

TITLES = Texts({"es": "Campo", "en": "Field"})


def item_of(kind: FieldKind, **more: Any) -> AgendaItemType:
    """An item type with one required field of that kind."""
    if kind is FieldKind.CHOICE:
        more.setdefault("options", {"yes": TITLES, "no": TITLES})
    if kind is FieldKind.ROWS:
        column = ItemField(name="amount", kind=FieldKind.MONEY, titles=TITLES, required=True)
        more.setdefault("columns", (column, ItemField(name="note", kind=FieldKind.LINE, titles=TITLES)))
    field = ItemField(name="it", kind=kind, titles=TITLES, required=True, **more)
    return AgendaItemType(code="Z9", id="sample", verb=Verb.NOTE, titles=TITLES, fields=(field,))


def kept(kind: FieldKind, typed: Any, **more: Any) -> Any:
    return checked_values(item_of(kind, **more), {"it": typed}, complete=True)["it"]


TAKEN = [
    (FieldKind.LINE, "  La valla ", "La valla"),
    (FieldKind.TEXT, "línea\notra", "línea\notra"),
    (FieldKind.BOOLEAN, False, False),
    (FieldKind.INTEGER, 7, 7),
    (FieldKind.INTEGER, "7", 7),
    (FieldKind.MONEY, "1200", "1200.00"),
    (FieldKind.MONEY, 0.5, "0.50"),
    (FieldKind.DATE, "2027-01-15", "2027-01-15"),
    (FieldKind.TIME, "09:30:59", "09:30"),
    (FieldKind.CHOICE, "no", "no"),
    (FieldKind.PARTICIPANT, "p1", "p1"),
    (FieldKind.DOCUMENT, "d1", "d1"),
    (FieldKind.COUNTRY, " pt ", "PT"),
    (FieldKind.ROWS, [{"amount": "3"}, {"amount": 4, "note": ""}], [{"amount": "3.00"}, {"amount": "4.00"}]),
]
REFUSED = [
    (FieldKind.LINE, 7),
    (FieldKind.LINE, "a\x00b"),
    (FieldKind.LINE, "x" * 4001),
    (FieldKind.TEXT, ["a"]),
    (FieldKind.BOOLEAN, "true"),
    (FieldKind.BOOLEAN, 1),
    (FieldKind.INTEGER, "seven"),
    (FieldKind.INTEGER, 7.5),
    (FieldKind.INTEGER, float("inf")),
    (FieldKind.INTEGER, True),
    (FieldKind.MONEY, "-1"),
    (FieldKind.MONEY, "1.005"),
    (FieldKind.MONEY, "NaN"),
    (FieldKind.MONEY, "Infinity"),
    (FieldKind.MONEY, "1.200,00"),
    (FieldKind.DATE, "15/01/2027"),
    (FieldKind.DATE, "2027-02-30"),
    (FieldKind.TIME, "25:00"),
    (FieldKind.TIME, 930),
    (FieldKind.CHOICE, "perhaps"),
    (FieldKind.CHOICE, ["yes"]),
    (FieldKind.PARTICIPANT, 1),
    (FieldKind.DOCUMENT, 1),
    (FieldKind.COUNTRY, "EL"),
    (FieldKind.COUNTRY, "Portugal"),
    (FieldKind.COUNTRY, ["PT"]),
    (FieldKind.ROWS, [{"amount": "3", "colour": "red"}]),
    (FieldKind.ROWS, [{"amount": "much"}]),
    (FieldKind.ROWS, ["amount"]),
    (FieldKind.ROWS, 3),
]


@pytest.mark.parametrize(("kind", "typed", "expected"), TAKEN)
def test_what_fits_is_kept_in_one_form(kind: FieldKind, typed: Any, expected: Any) -> None:
    assert kept(kind, typed) == expected


@pytest.mark.parametrize(("kind", "typed"), REFUSED)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(kind: FieldKind, typed: Any) -> None:
    with pytest.raises(Refusal) as refused:
        kept(kind, typed)

    assert refused.value.code == "field_invalid"
    assert refused.value.params["field"] in ("it", "it.0.amount")


def test_every_kind_of_field_is_taken_and_refused_here() -> None:
    assert {kind for kind, *_ in TAKEN} == {kind for kind, *_ in REFUSED} == set(FieldKind)


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_a_required_field_may_wait_until_the_point_is_done(kind: FieldKind, nothing: Any) -> None:
    assert checked_values(item_of(kind), {"it": nothing}, complete=False) == {}
    with pytest.raises(Refusal, match="field_required"):
        checked_values(item_of(kind), {"it": nothing}, complete=True)


def test_a_row_without_what_its_column_requires_is_not_complete() -> None:
    rows = {"it": [{"amount": "3"}, {"note": "sin importe"}]}

    assert checked_values(item_of(FieldKind.ROWS), rows, complete=False)["it"][1] == {"note": "sin importe"}
    with pytest.raises(Refusal, match="field_required") as refused:
        checked_values(item_of(FieldKind.ROWS), rows, complete=True)
    assert refused.value.params["field"] == "it.1.amount"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = {"it": [{"amount": "much"}, {"note": "sin importe"}, {"amount": "3"}]}
    faults = list(value_faults(item_of(FieldKind.ROWS), wrong, complete=True))
    assert [(fault.code, fault.params["field"]) for fault in faults] == [
        ("field_invalid", "it.0.amount"),
        ("field_required", "it.1.amount"),
    ]


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_is_kept_exactly(amount: Decimal) -> None:
    assert Decimal(kept(FieldKind.MONEY, str(amount))) == amount


@given(st.dates())
def test_a_date_is_kept_as_it_was(day: date) -> None:
    assert kept(FieldKind.DATE, day.isoformat()) == day.isoformat()


@given(st.times())
def test_a_time_is_kept_to_the_minute(at: time) -> None:
    assert kept(FieldKind.TIME, at.isoformat()) == at.strftime("%H:%M")


@given(st.sampled_from(FieldKind), st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_whatever_is_typed_is_taken_or_refused_and_what_was_taken_is_taken_again(kind: FieldKind, typed: Any) -> None:
    try:
        first = kept(kind, typed)
    except Refusal:
        return
    assert first in ("", []) or kept(kind, first) == first


def wanted(values: dict[str, Any], code: str) -> list[str]:
    item = agenda_types.load()[code]
    return [str(fault.params["field"]) for fault in value_faults(item, values, complete=True)]


def test_a_consent_to_tell_others_names_them() -> None:
    assert wanted({"consents_referral": True}, "A37") == ["services"]
    assert wanted({"consents_referral": True, "services": [{"service": "Apoyo psicológico"}]}, "A37") == []
    assert wanted({"consents_referral": False}, "A37") == []


def test_whoever_does_not_swear_or_is_not_identified_says_why() -> None:
    assert wanted({"person": "p1", "result": "refused"}, "A09") == ["reason"]
    assert wanted({"person": "p1", "result": "oath"}, "A09") == []
    assert wanted({"persons": [{"person": "p1", "method": "waived"}]}, "A02") == ["persons.0.exception_reason"]
    assert wanted({"persons": [{"person": "p1", "method": "certificate"}]}, "A02") == []


BOUNDED = item_of(FieldKind.INTEGER, minimum=0, maximum=3)


@pytest.mark.parametrize(("typed", "code"), [(-1, "number_too_low"), ("4", "number_too_high")])
def test_a_number_outside_of_its_bounds_is_refused_with_the_bound(typed: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_values(BOUNDED, {"it": typed}, complete=False)
    assert (refused.value.code, refused.value.params["field"]) == (code, "it")


def test_a_number_on_its_bounds_is_taken() -> None:
    assert [checked_values(BOUNDED, {"it": number}, complete=True)["it"] for number in (0, 3)] == [0, 3]
