"""Every question that is answered with yes or no says so in words, and a no is told as a yes is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import agenda_types
from agenda_types.source import read
from domain.ids import ItemId
from domain.procedure.agenda import AgendaItem
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from templates.catalogues import FOLDER, LANGUAGES_WITH_WORDS, Forms, Message, catalogue, names
from templates.items import ItemWriter
from templates.texts import text
from templates.words import Words
from tests.domain.samples import in_room

ITEMS = agenda_types.load()
OF_PYTHON = {"True", "False"}
"""What a value is called in Python and nowhere else."""
YES_AND_NO = {"es": ("Sí", "No"), "en": ("Yes", "No")}


def forms(said: Message) -> tuple[str, ...]:
    return tuple(said.forms.values()) if isinstance(said, Forms) else (said,)


@pytest.mark.parametrize("code", sorted(LANGUAGES_WITH_WORDS))
def test_no_word_that_people_read_is_a_value_of_the_program(code: str) -> None:
    for name in names():
        for path, said in catalogue(name, code).items():
            assert OF_PYTHON.isdisjoint(path.split(".")), (name, path)
            assert OF_PYTHON.isdisjoint(forms(said)), (name, path)


@pytest.mark.parametrize("code", sorted(YES_AND_NO))
def test_yes_and_no_are_said_in_the_language_of_the_page(code: str) -> None:
    assert (text("pages.form.yes", code), text("pages.form.no", code)) == YES_AND_NO[code]
    words = Words(code, "Europe/Madrid")
    assert (words.yes_no(True).capitalize(), words.yes_no(False).capitalize()) == YES_AND_NO[code]


def places(kind: AgendaItemType) -> Iterator[ItemField]:
    for field in kind.fields:
        yield from (field, *field.columns)


@pytest.mark.parametrize("kind", ITEMS.values(), ids=ITEMS)
def test_every_choice_says_its_word_in_every_language(kind: AgendaItemType) -> None:
    for field in places(kind):
        for code, texts in field.options.items():
            assert code not in {"true", "false"}, field.name
            for language in LANGUAGES_WITH_WORDS:
                assert texts.root.get(language, "").strip().lower() not in {"", "true", "false", "none"}, code


def test_every_file_of_words_is_read_as_words() -> None:
    for path in Path(FOLDER).glob("*/*.yaml"):
        content = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (it makes nothing but text)
        assert _paths(content) == set(catalogue(path.stem, path.parent.name)), path.name


def _paths(content: Any, path: str = "") -> set[str]:
    if not isinstance(content, dict) or {"one", "other"} <= content.keys():
        return {path}
    return {found for key, value in content.items() for found in _paths(value, f"{path}.{key}" if path else key)}


NO = [(code, field.name) for code, kind in ITEMS.items() for field in kind.fields if field.kind is FieldKind.BOOLEAN]


def sentence(code: str, values: dict[str, Any], language: str) -> str:
    procedure = in_room()
    kind = procedure.type.but(items={**procedure.type.items, code: ITEMS[code]})
    item = AgendaItem(id=ItemId("i1"), code=code, values=values)
    return ItemWriter(procedure.but(type=kind), Words(language, "Europe/Madrid")).sentence(item)


def filled(code: str) -> dict[str, Any]:
    shown: dict[FieldKind, Any] = {
        FieldKind.PARTICIPANT: "p1", FieldKind.DATE: "2027-01-15", FieldKind.TIME: "10:30", FieldKind.MONEY: "1.00",
    }  # fmt: skip
    required = [field for field in ITEMS[code].fields if field.required and field.kind is not FieldKind.BOOLEAN]
    shown[FieldKind.ROWS] = []
    return {field.name: next(iter(field.options), shown.get(field.kind, "Algo")) for field in required}


@pytest.mark.parametrize(("code", "field"), NO)
@pytest.mark.parametrize("language", ["es", "en"])
def test_whatever_tells_a_yes_tells_a_no(code: str, field: str, language: str) -> None:
    said = {value: sentence(code, {**filled(code), **given}, language) for value, given in (
        ("yes", {field: True}), ("no", {field: False}), ("unsaid", {}),
    )}  # fmt: skip
    if said["yes"] != said["unsaid"]:
        assert said["no"] not in (said["yes"], said["unsaid"])


def test_a_no_is_told_by_the_name_of_its_question() -> None:
    assert sentence("A39", {"approved": False}, "es").endswith("La encuentran conforme: no.")
    assert sentence("A39", {"approved": False}, "en").endswith("Those present agree with it: no.")


def test_a_no_of_one_person_among_several_says_whose_it_is() -> None:
    people = [{"person": "p1", "stated_aloud": False}, {"person": "p2", "stated_aloud": True}]
    name = in_room().participant("p1").name
    rows = next(field.name for field in ITEMS["A02"].fields if field.kind is FieldKind.ROWS)
    assert f"Dice su nombre y apellidos de viva voz ({name}): no." in sentence("A02", {rows: people}, "es")


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "n", "Yes", "NO"])
def test_a_type_file_may_use_such_a_word_as_key_and_as_value(word: str, tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(f"{word}: {word}\n")
    assert read(file).content == {word: word}
