"""What the clerk's page says is missing before an act can end, whatever that is."""

import pytest

import territories
from api.pages.procedure.checklist_view import BEFORE_THE_END, checklist_view
from api.pages.rendering import PageContext
from domain.ids import AdministrationId
from tests.domain.cases import Case
from tests.domain.test_void_acts import ACTS
from tests.domain.validly_admitted import a_minor_turns_up

ATLANTIA = territories.load()[AdministrationId("atlantia")]


@pytest.mark.parametrize(("language", "said"), [("es", "Alguna es menor de edad"), ("en", "Somebody is a minor")])
def test_what_excludes_the_act_is_told_of_every_end_but_that_of_the_law(language: str, said: str) -> None:
    listed = checklist_view(a_minor_turns_up(), PageContext(language, ATLANTIA))
    assert listed is not None
    told = {end: [line for line in lacking if said in line.words] for end, lacking in listed.ends}
    agreement, none, attempted = told.values()
    assert [line.law for line in (*agreement, *none)] == ["LJV art. 139.2.1.º"] * 2
    assert attempted == []


@pytest.mark.parametrize("case", ACTS, ids=lambda case: case.says)
def test_whatever_keeps_an_act_from_its_end_has_its_line_on_the_page(case: Case) -> None:
    """Read in another language than that of the record."""
    procedure = case.state()
    listed = checklist_view(procedure, PageContext("en", ATLANTIA))
    assert (listed is None) == (procedure.stage not in BEFORE_THE_END)
    lines = [line for _, lacking in listed.ends for line in lacking] + list(listed.always) if listed else []
    assert all(line.words and "{" not in line.words and "None" not in line.words for line in lines)
