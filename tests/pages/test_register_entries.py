"""What the clerk sees of a power that is being entered in its register, and what the minutes say of it."""

from collections.abc import Callable

import pytest

from domain.events.agenda import ItemOpened
from domain.events.minutes import SessionClosed
from domain.ids import ItemId
from templates.minutes import draft_minutes
from tests.pages.shown import administrations, looks, of_procedure
from tests.templates.power import being_entered, ended, entered, not_taken, signed, troubled
from tests.templates.samples import Act

LOOKS = {look.language: look for look in looks() if look.administration.id == "atlantia"}


def painted(act: Act, language: str = "en") -> str:
    return dict(of_procedure(act, act.procedure, len(act.events), LOOKS[language]))["procedure"]


@pytest.mark.parametrize(
    ("story", "english", "spanish"),
    [
        (being_entered, "The register was asked at", "Pedida la inscripción al registro"),
        (entered, "Entered under number AP-2026-1", "Inscrito con el número AP-2026-1"),
        (not_taken, "register cannot tell who is given the power", "registro no identifica a quien recibe el poder"),
        (not_taken, "or have it entered by another way and note its number", "o inscríbalo por otra vía"),
        (
            troubled,
            "receipt of the register is not of this document",
            "justificante del registro no es de este documento",
        ),
    ],
)
def test_the_document_says_where_it_stands_with_the_register(
    story: Callable[[], Act], english: str, spanish: str
) -> None:
    assert english in painted(story()) and spanish in painted(story(), "es")
    assert 'data-test="entry-d1"' in painted(story()) and 'data-test="entry-d1"' not in painted(signed())


def test_the_item_that_notes_it_comes_filled_in_and_says_by_whom() -> None:
    act = entered()
    item = next(one.id for one in act.procedure.agenda if one.code == "A41")
    assert act.procedure.item(item).prefilled is not None
    opened = act.then(ItemOpened(item=ItemId(item)))
    shown = opened.procedure.item(item).prefilled
    assert shown is not None and shown.values["number"] == "AP-2026-1"


def test_while_the_minutes_wait_the_clerk_reads_for_what() -> None:
    act = being_entered().then(SessionClosed(outcome="granted"))
    assert "The register has not answered yet" in painted(act) and "no ha contestado todavía" in painted(act, "es")


def test_the_timeline_tells_of_it_in_words() -> None:
    assert "Registro Electrónico de Apoderamientos Judiciales enters it under number AP-2026-1" in painted(entered())
    assert "The register does not enter it: the register cannot tell who is given the power" in painted(not_taken())


def minutes(act: Act, language: str, outcome: str = "granted") -> str:
    held = act.then(SessionClosed(outcome=outcome))
    administration = administrations()[held.procedure.administration]
    document = draft_minutes(held.procedure, administration, held.journal, language)
    return " ".join(getattr(block, "text", "") for block in document.blocks)


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_minutes_say_the_number_or_why_there_is_none(language: str) -> None:
    said = minutes(entered(), language)
    assert "AP-2026-1" in said and "10:31" in said and "Registro Electrónico de Apoderamientos Judiciales" in said
    assert "74.5" in minutes(not_taken(), language)


@pytest.mark.parametrize("stands", ["revoked", "renounced", "in_force", "lapsed"])
def test_the_minutes_of_a_revocation_say_what_the_register_said_afterwards(stands: str) -> None:
    spanish, english = (minutes(ended(stands), language, "ended") for language in ("es", "en"))
    assert "RV-2026-1" in spanish and "Preguntado después, el registro dice" in spanish
    assert "RV-2026-1" in english and "Asked afterwards, the register says" in english
