"""Paragraphs that a type puts into its own minutes: what was filled in stands in them, as words and nothing else."""

from typing import Any

import pytest

import territories
from domain.base import Texts
from domain.events.minutes import SessionClosed
from domain.ids import AdministrationId
from domain.procedure.minutes import Paragraph
from domain.procedure.state import Procedure
from domain.types.wording import Wording
from templates.minutes import draft_minutes
from tests.domain.held import with_done
from tests.domain.samples import in_session, then

HERE = territories.load()[AdministrationId("atlantia")]


def saying(says: str, place: str = "closing", outcomes: tuple[str, ...] = (), **filled: Any) -> Procedure:
    """A ratification that has ended, in whose type that paragraph stands; `filled`: of its declarations."""
    procedure = in_session("ratification")
    paragraph = Wording(place=place, outcomes=outcomes, says=Texts({"es": says, "en": says}))  # type: ignore[arg-type]
    kind = procedure.type.procedure
    kind = kind.but(minutes=kind.minutes.but(wording=(paragraph,)))
    procedure = procedure.but(type=procedure.type.but(procedure=kind))
    return then(with_done(procedure, "A01", "A53", "A02", **filled), SessionClosed(outcome="ratified"))


def told(procedure: Procedure, language: str = "es") -> list[Paragraph]:
    blocks = draft_minutes(procedure, HERE, (), language).blocks
    return [block for block in blocks if isinstance(block, Paragraph) and block.id.startswith("wording-")]


def words(procedure: Procedure, language: str = "es") -> str:
    return " ".join(block.text for block in told(procedure, language))


def test_what_was_filled_in_stands_in_it_in_the_words_of_the_form() -> None:
    procedure = saying("{{ A53.person | person }}: {{ A53.result | option }} ({{ A53.what }}).")
    person = procedure.citizens[1].name
    assert words(procedure).startswith(f"{person}: Ratifica")
    assert words(procedure, "en").startswith(f"{person}: ")
    assert "Ratifica" not in words(procedure, "en"), "in the words of the other language"


def test_the_act_and_the_people_of_a_role_are_named() -> None:
    said = words(
        saying("{{ act.number }} / {{ act.body }} / {{ act.day | day }} / {{ act.outcome }} / {{ people.spouse }}")
    )
    parts = said.split(" / ")
    assert parts[0].endswith("31/2026") and parts[3] == "Ratificada por las dos personas"
    assert parts[4].count(" y ") == 1


@pytest.mark.parametrize("language", ["es", "en"])
def test_it_is_said_with_its_outcomes_alone(language: str) -> None:
    assert words(saying("Siempre.", outcomes=("ratified",)), language) == "Siempre."
    assert words(saying("Nunca.", outcomes=("not_ratified",)), language) == ""


def test_it_stands_where_it_says() -> None:
    for place, after, before in (
        ("opening", "opening", "people"),
        ("outcome", "outcome-statement", "approval"),
        ("closing", "approval-statement", "data-protection"),
    ):
        ids = [block.id for block in draft_minutes(saying("Aquí.", place), HERE, (), "es").blocks]
        mine = ids.index(f"wording-{place}-1")
        assert ids.index(after) < mine < ids.index(before)


@pytest.mark.parametrize(
    "typed",
    [
        "{{ act.body }}",
        "{% for x in [] %}",
        "{{ ''.__class__.__mro__ }}",
        "#eval(sys.inputs)",
        "$x^2$ *negrita* _cursiva_ <etiqueta>",
        "<script>alert(1)</script>",
    ],
)
def test_what_somebody_typed_is_words_and_nothing_else(typed: str) -> None:
    procedure = saying("Objeto: {{ A53.what }}.", what=typed)
    assert words(procedure) == f"Objeto: {typed}."


@pytest.mark.parametrize(
    "says",
    [
        "{{ A53.__class__ }}",
        "{{ people.spouse.__class__.__mro__ }}",
        "{{ act.number.__init__.__globals__ }}",
        "{{ A53.nothing_of_the_kind }}",
        "{{ A99.result }}",
        "{% include 'minutes/written/general.jinja' %}",
        "{{ A53.person | person | attr('x') }}",
    ],
)
def test_a_paragraph_that_no_lint_has_seen_reaches_nothing_and_stops_nothing(says: str) -> None:
    assert told(saying(says)) == []


def test_the_end_of_a_ratification_that_fails_says_what_follows() -> None:
    procedure = then(with_done(in_session("ratification"), "A01"), SessionClosed(outcome="not_ratified"))
    assert "recurso directo de revisión" in words(procedure)
    assert "article 770" in words(procedure, "en")
    assert words(then(with_done(in_session("ratification"), "A01"), SessionClosed(outcome="ratified"))) == ""
