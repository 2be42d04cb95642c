"""What a catalogue says, what it says in two numbers, and what stands in for what a language lacks."""

from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from domain.languages import BASE_LANGUAGES
from templates import catalogues
from templates.catalogues import LANGUAGES_WITH_WORDS, Forms, lacking, message, placeholders, spoken
from templates.page import FOLDER as SKELETONS
from templates.texts import text

SHARED = sorted(path for path in SKELETONS.rglob("*.jinja") if ".html." not in path.name)


def test_there_are_words_in_the_base_languages() -> None:
    assert set(BASE_LANGUAGES) <= set(LANGUAGES_WITH_WORDS)


@pytest.mark.parametrize("language", BASE_LANGUAGES)
def test_no_text_of_a_base_language_is_missing_empty_fuzzy_or_with_other_placeholders(language: str) -> None:
    assert lacking(language) == []


def test_what_a_language_lacks_is_told_whole_and_said_in_spanish() -> None:
    """Basque is in the list of languages and has no words yet."""
    wanting = lacking("eu")
    assert {"pages.citizen.start_title", "minutes.title", "mails.summons.subject"} <= set(wanting)
    assert len(wanting) > 900
    assert spoken("eu") == "es"
    assert text("minutes.title", "eu") == "Acta"


@pytest.mark.parametrize(
    ("count", "spanish", "english"),
    [
        (1, "un corte de conexión de menos de 30 s, que no afectó", "one gap in a connection"),
        (2, "2 cortes de conexión de menos de 30 s, que no afectaron", "2 gaps in connections"),
    ],
)
def test_a_sentence_agrees_with_its_number(count: int, spanish: str, english: str) -> None:
    assert spanish in text("minutes.short_gaps", "es", count=count, limit="30 s")
    assert english in text("minutes.short_gaps", "en", count=count, limit="30 s")


@pytest.mark.parametrize(("count", "said"), [(1, "1 documento, con su huella"), (3, "3 documentos, cada uno")])
def test_a_sentence_of_a_page_agrees_with_its_number(count: int, said: str) -> None:
    assert said in text("pages.evidence.documents_means", "es", count=count)


def test_numbers_are_those_of_each_language() -> None:
    """Standard: UTS 35; Ukrainian has a number for 2 to 4, and a language may have no use for one."""
    forms = Forms(lambda count: "few" if count == 3 else "many", {"few": "a few {count}", "other": "{count} of them"})
    assert (forms.of(3), forms.of(5)) == ("a few {count}", "{count} of them")
    assert placeholders(forms) == {"count"}


def test_an_unknown_key_is_an_error_and_never_an_empty_word() -> None:
    assert message("minutes.no_such_thing", "en") is None
    with pytest.raises(KeyError):
        text("minutes.no_such_thing", "en")
    with pytest.raises(KeyError):
        text("no_such_file.title", "en")


PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "whole"
msgstr "Whole"

#, fuzzy
msgid "doubtful"
msgstr "Doubtful"

msgid "unwritten"
msgstr ""

msgid "counted"
msgid_plural "counted"
msgstr[0] "One"
msgstr[1] "Many"
"""


def test_a_doubtful_or_unwritten_message_of_a_po_file_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "pages.po"
    file.write_text(PO, encoding="utf-8")
    said = dict(catalogues.messages_of(catalogues.read_catalogue(file, "en")))
    assert said["whole"] == "Whole"
    assert "doubtful" not in said
    assert not said["unwritten"]
    counted = said["counted"]
    assert isinstance(counted, Forms)
    assert (counted.of(1), counted.of(7)) == ("One", "Many")


@pytest.mark.parametrize("path", SHARED, ids=lambda path: str(path.relative_to(SKELETONS)))
def test_a_skeleton_has_no_word_of_any_language(path: Path) -> None:
    """Words are in the catalogues alone: a skeleton is written once for all languages."""
    tree = Environment(extensions=["jinja2.ext.do"], autoescape=True).parse(path.read_text(encoding="utf-8"))
    written = [piece.data.strip() for piece in tree.find_all(nodes.TemplateData)]
    assert [words for words in written if any(sign.isalpha() for sign in words)] == []
