"""The PO files are kept up to date with what the pages ask for: new, changed and no longer needed words."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from templates.catalogues import FOLDER, LANGUAGES_WITH_WORDS, catalogue
from templates.extraction import UsedMessages, updated, used_messages

USED = used_messages()


@pytest.mark.parametrize("language", LANGUAGES_WITH_WORDS)
def test_the_po_files_are_as_make_words_leaves_them(language: str) -> None:
    assert (FOLDER / language / "pages.po").read_bytes() == updated(language, USED), "run `make words`"


def test_no_page_asks_for_what_spanish_lacks_and_no_message_is_asked_for_by_nobody() -> None:
    said = catalogue("pages", "es").keys()
    assert sorted(USED.keys.keys() - said) == []
    assert [key for key in said if not USED.files(key)] == []


def test_templates_and_views_are_read_and_keys_that_are_made_of_a_code_too() -> None:
    assert USED.files("base.skip") == ["templates/pages/base.html"]
    assert "templates/pages/citizen_start.html" in USED.files("citizen.task_1_hint")
    assert "api/pages/citizen/tasks.py" in USED.files("task.read.title")
    assert USED.files("nobody.asks") == []


@pytest.fixture
def words(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "words"))


def changed(folder: Path, language: str) -> Catalog:
    file = folder / language / "pages.po"
    file.write_bytes(updated(language, USED, folder))
    with file.open("rb") as opened:
        return read_po(opened)


def test_what_was_translated_from_other_spanish_words_is_doubtful(words: Path) -> None:
    spanish = words / "es/pages.po"
    spanish.write_text(spanish.read_text("utf-8").replace('"Ir al contenido"', '"Saltar al contenido"'), "utf-8")
    english = changed(words, "en")
    doubtful = english["base.skip"]
    assert (doubtful.fuzzy, doubtful.string, doubtful.auto_comments) == (
        True, "Skip to content", ["Saltar al contenido"],
    )  # fmt: skip
    assert not english["base.back"].fuzzy
    assert changed(words, "en")["base.skip"].fuzzy, "until somebody has looked at it"


def test_what_a_page_asks_for_anew_is_there_to_be_written(words: Path) -> None:
    asked_anew = UsedMessages({**USED.keys, "base.anew": {"templates/pages/base.html"}}, USED.patterns)
    for language in ("es", "en"):
        assert 'msgid "base.anew"\nmsgstr ""' in updated(language, asked_anew, words).decode()


def test_what_no_page_asks_for_is_set_aside_and_not_lost(words: Path) -> None:
    fewer = UsedMessages({key: files for key, files in USED.keys.items() if key != "base.skip"}, USED.patterns)
    assert '#~ msgid "base.skip"\n#~ msgstr "Skip to content"' in updated("en", fewer, words).decode()


def test_a_new_language_starts_empty_and_lacks_everything(words: Path) -> None:
    (words / "gl").mkdir()
    galician = changed(words, "gl")
    assert len(galician) == len(catalogue("pages", "es"))
    assert galician["base.skip"].auto_comments == ["Ir al contenido"]
    assert not galician["base.skip"].string
    assert changed(words, "gl").plural_expr == "(n != 1)"
