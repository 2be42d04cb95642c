"""What is uploaded is judged as files are, all of it at once, against what is shipped and what was published before."""

import agenda_types
import procedure_types
from domain.access.publishing import MOST_DEFINITIONS
from domain.ids import AdministrationId
from procedure_types.offered import Offered
from procedure_types.uploading import Examined, Uploaded, examine, parts_of
from tests.procedure_types.publishing import ATLANTIA, MESETA, approved, offered_with
from tests.workflows.test_new_types import BOUNDARY, VISIT

PASTED = f"{VISIT}---\n{BOUNDARY}"


def looked_at(pasted: str, offered: Offered | None = None, who: AdministrationId = ATLANTIA) -> Examined:
    return examine(parts_of("pegado", pasted), offered or offered_with(), who)


def codes(pasted: str, offered: Offered | None = None, who: AdministrationId = ATLANTIA) -> set[str]:
    return {wrong.code for wrong in looked_at(pasted, offered, who).problems}


def test_a_type_may_use_an_item_type_that_comes_with_it() -> None:
    found = looked_at(PASTED)
    assert found.problems == ()
    assert [one.name for one in found.definitions] == ["Z01", "boundary_marking"]
    assert codes(BOUNDARY) == {"items_exist"}


def test_lines_are_counted_in_what_was_pasted() -> None:
    wrong = f"\n\n{VISIT}---\n\n{BOUNDARY.replace('recording: forbidden', 'recordng: forbidden')}"
    (unknown,) = [one for one in looked_at(wrong).problems if one.code == "unknown_key"]
    assert wrong.splitlines()[unknown.line - 1] == "recordng: forbidden"
    assert "¿quiso decir `recording`?" in unknown.texts.in_language("es")
    assert "did you mean `recording`?" in unknown.texts.in_language("en")


def test_bad_input_is_told_in_words_and_never_an_error() -> None:
    assert codes("") == {"nothing_uploaded"}
    assert codes("a: [") == {"not_yaml"}
    assert codes("a: &x [*x]") == {"alias_refused"}
    assert codes("x: !!python/object:os.system {}") == {"tag_refused"}
    assert codes("[" * 5000) == {"not_yaml"}
    assert codes("- a list") == {"not_a_mapping"}
    assert codes(f"text: {'x' * 300_000}") == {"too_large"}
    assert codes("\x00") == {"not_yaml"}
    assert "missing" in codes("id: something_else")
    many = [Uploaded(str(number), VISIT) for number in range(MOST_DEFINITIONS + 1)]
    assert [one.code for one in examine(many, offered_with(), ATLANTIA).problems] == ["too_many_texts"]


def test_a_name_that_means_something_already_is_taken() -> None:
    shipped = BOUNDARY.replace("id: boundary_marking", "id: conciliation")
    assert codes(f"{VISIT}---\n{shipped}") == {"name_taken"}
    assert codes(PASTED.replace("Z01", "A01")) == {"name_taken"}
    assert codes(PASTED.replace("visit_to_the_boundary", "opening")) == {"name_taken"}
    before = offered_with(approved(PASTED))
    assert codes(PASTED, before) == {"name_taken", "version_not_next"}
    assert codes(BOUNDARY.replace("version: 1", "version: 2"), before) == set()
    assert codes(BOUNDARY.replace("version: 1", "version: 3"), before) == {"version_not_next"}
    assert codes(BOUNDARY.replace("version: 1", "version: 2"), before, MESETA) == {"name_taken"}


def test_what_is_there_twice_or_for_nothing_is_told() -> None:
    assert "defined_twice" in codes(f"{VISIT}---\n{VISIT}---\n{BOUNDARY}")
    assert codes(VISIT) == {"item_unused"}


def test_the_rules_of_files_hold_for_what_is_uploaded() -> None:
    nobody_signs = PASTED.replace("    - {item: A02, role: clerk}\n", "")
    assert codes(nobody_signs) & {rule.id for book in procedure_types.RULE_BOOKS for rule in book.rules}
    assert codes(PASTED.replace("values.metres }}", "values.meters }}")) == {"minutes_use_declared_fields"}
    assert not set(agenda_types.load()) & {"Z01"}
