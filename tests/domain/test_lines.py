"""What a line has to look like: by a pattern of its type, as a name, and unlike what stands in rows beside it."""

from time import monotonic as time_of
from typing import Any

import pytest

import agenda_types
from domain.types.item_type import FieldKind
from domain.types.item_values import value_faults
from domain.types.line_pattern import LinePattern
from templates.texts import refusal_text
from tests.domain.test_agenda_values import item_of

FOLIO: dict[str, Any] = {
    "matches": "[0-9]{1,4}[A-Z]",
    "says": {"es": "cifras y una letra", "en": "figures and a letter"},
    "example": "12B",
}
CATASTROPHES = ("(a+)+b", "(a|aa)+b", "(.*a){20}b", "([a-z]+)*b", "(a?){99}a{99}b")
"""Patterns that keep an engine that goes back busy for longer than anybody waits."""


@pytest.mark.parametrize(("typed", "fits"), [("12B", True), ("B12", False), ("12B 3", False), ("x12B", False)])
def test_a_line_fits_a_pattern_of_its_type_as_a_whole(typed: str, fits: bool) -> None:
    kind = item_of(FieldKind.LINE, max_length=20, pattern=LinePattern(**FOLIO))
    faults = list(value_faults(kind, {"it": typed}, complete=True))
    assert [fault.code for fault in faults] == ([] if fits else ["pattern_not_met"])
    for language, words in (("es", "cifras y una letra"), ("en", "figures and a letter")) if faults else ():
        told = refusal_text(faults[0], language)
        assert f": {words}. " in told.why and "12B" in told.why and told.next
        assert isinstance(faults[0].params["wanted"], dict), "it travels as JSON"


@pytest.mark.parametrize("matches", CATASTROPHES)
def test_no_pattern_keeps_anybody_waiting(matches: str) -> None:
    pattern = LinePattern(**{**FOLIO, "matches": matches})
    begun = time_of()
    assert pattern.is_readable and not pattern.fits("a" * 199 + "!")
    assert time_of() - begun < 1


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Uxía", True),
        ("José María", True),
        ("María del Carmen", True),
        ("Ana-Belén", True),
        ("María de los Ángeles", True),
        ("Aina Mª", True),
        ("José María Andrés", False),
        ("Francisca María de Lluch", False),
        ("Ana-Belén Sol", False),
        ("R2D2", False),
        ("Uxía!", False),
        ("de la", False),
    ],
)
def test_a_child_has_two_simple_names_or_one_compound(name: str, fits: bool) -> None:
    """Law: LRC art. 51.1."""
    faults = list(value_faults(item_of(FieldKind.LINE, form="given_name"), {"it": name}, complete=True))
    assert [fault.code for fault in faults] == ([] if fits else ["given_name_too_long"])
    assert all("51.1" in refusal_text(fault, language).why for fault in faults for language in ("es", "en"))


@pytest.mark.parametrize(
    ("sibling", "standing", "refused"),
    [
        ("Uxía", "alive", True),
        (" uxía ", "alive", True),
        ("Uxía", "deceased", False),
        ("Uxía", "other_surnames", False),
        ("Uxía Ana", "alive", False),
    ],
)
def test_a_child_does_not_have_the_name_of_a_living_sibling(sibling: str, standing: str, refused: bool) -> None:
    """Law: LRC art. 51.3."""
    kind = agenda_types.load()["A46"]
    values = {"name": "Uxía", "siblings": [{"name": sibling, "standing": standing}]}
    told = kind.but(fields=tuple(field.but(required=False) for field in kind.fields))
    faults = list(value_faults(told, values, complete=True))
    assert [fault.code for fault in faults] == (["repeated_in_rows"] if refused else [])
    assert all("LRC art. 51.3" in refusal_text(fault, "es").why for fault in faults)
