"""A new version is told by what it says otherwise, by the names that people know."""

from procedure_types.differences import Change, Difference, all_differences, differences
from procedure_types.uploading import examine, parts_of
from tests.procedure_types.publishing import ATLANTIA, approved, offered_with
from tests.workflows.test_new_types import BOUNDARY, VISIT

PASTED = f"{VISIT}---\n{BOUNDARY}"
FIRST = offered_with(approved(PASTED))


def changed(*replacements: tuple[str, str]) -> list[tuple[Change, str, tuple[str, ...], str, str]]:
    text = BOUNDARY.replace("version: 1", "version: 2")
    for before, now in replacements:
        assert before in text
        text = text.replace(before, now)
    found = examine(parts_of("", text), FIRST, ATLANTIA)
    assert found.problems == ()
    return [
        (one.change, one.part, one.path, one.before, one.now) for one in all_differences(FIRST, found.procedures, ())
    ]


def test_what_is_new_is_new_as_a_whole() -> None:
    found = examine(parts_of("", PASTED), offered_with(), ATLANTIA)
    told = all_differences(offered_with(), found.procedures, found.items)
    assert told == (
        Difference(of="Z01", change=Change.ADDED, part="item_type", now="Vista del lindero por la cámara"),
        Difference(of="boundary_marking", change=Change.ADDED, part="procedure_type", now="Deslinde de mutuo acuerdo"),
    )


def test_a_version_that_says_the_same_changes_nothing() -> None:
    assert changed() == []


def test_a_value_a_line_and_a_rule_are_told_by_their_names() -> None:
    assert changed(("retention_years: 10", "retention_years: 12")) == [
        (Change.CHANGED, "retention_years", (), "10", "12")
    ]
    assert changed(
        ("{item: A04, role: clerk}", "{item: A04, role: clerk, required: true, legal_basis: RDL 6/2023}")
    ) == [
        (Change.ADDED, "agenda", ("planned", "A04 clerk", "required"), "", "true"),
        (Change.ADDED, "agenda", ("planned", "A04 clerk", "legal_basis"), "", "RDL 6/2023"),
    ]
    assert changed(("  not_marked: {es: Sin acuerdo, en: Without agreement}\n", "")) == [
        (Change.REMOVED, "outcomes", ("not_marked",), "Sin acuerdo / Without agreement", "")
    ]


def test_a_line_that_only_moved_is_no_other_line() -> None:
    told = changed(
        ("    - {item: A02, role: clerk}\n    - {item: A04, role: clerk}\n",
         "    - {item: A04, role: clerk}\n    - {item: A02, role: clerk}\n")
    )  # fmt: skip
    assert [(change, path) for change, _, path, _, _ in told] == [(Change.MOVED, ("planned",))]


def test_every_shipped_type_differs_from_itself_in_nothing() -> None:
    for kind in FIRST.shipped.values():
        assert differences(kind, kind) == ()
        assert differences(kind, kind.but(retention_years=99))[0].part == "retention_years"
