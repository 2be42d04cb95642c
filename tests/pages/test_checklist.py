"""What the clerk's page says is missing, where something that excludes the act has turned out."""

import pytest

import territories
from api.pages.procedure.checklist_view import checklist_view
from api.pages.rendering import PageContext
from domain.ids import AdministrationId
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
