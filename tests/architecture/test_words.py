"""A language that an Administration offers is whole: its catalogues, and the texts of types that may be held there."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

import agenda_types
import procedure_types
import territories
from domain.base import Texts
from domain.types.territory import Administration
from templates.catalogues import lacking
from tests.architecture.tracked import sources, text

ITEMS = agenda_types.load()
TYPES = procedure_types.load(items=ITEMS)
ADMINISTRATIONS = territories.load(types=TYPES)


def texts_in(value: Any, path: str) -> Iterator[tuple[str, Texts]]:
    """Every text in several languages inside a declared type, with its path."""
    if isinstance(value, Texts):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts_in(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(inner, f"{path}.{key}")
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value):
            yield from texts_in(inner, f"{path}.{number}")


def wanting(administration: Administration, languages: Iterable[str]) -> list[str]:
    """What must be written before this Administration can offer `languages`."""
    enabled = [TYPES[entry.type] for entry in administration.enabled]
    # An item of the agenda may be added to any procedure that is held.
    declared: dict[str, BaseModel] = {administration.id: administration, **{kind.id: kind for kind in enabled}, **ITEMS}
    said = [found for name, value in declared.items() for found in texts_in(value, name)]
    return [
        missing
        for language in languages
        for missing in (
            *(f"{language}: {key}" for key in lacking(language)),
            *(f"{language}: {path}" for path, texts in said if not texts.root.get(language)),
        )
    ]


@pytest.mark.parametrize("administration", ADMINISTRATIONS.values(), ids=ADMINISTRATIONS)
def test_every_language_that_an_administration_offers_is_whole(administration: Administration) -> None:
    missing = wanting(administration, administration.languages)
    assert missing == [], "\n".join(missing)


def test_a_language_that_is_not_whole_would_be_told_text_by_text() -> None:
    atlantia = next(iter(ADMINISTRATIONS.values()))
    missing = wanting(atlantia, ["gl"])
    assert "gl: minutes.title" in missing
    assert "gl: conciliation.titles" in missing
    assert "gl: atlantia.names" not in missing, "the name is there in Galician"


def test_the_languages_are_listed_in_one_place() -> None:
    """Everything else asks `domain.languages`; the verifier, which imports nothing of ours, is compared with it."""
    own_list = re.compile(r"""["']es["'],\s*["']en["']|\(es\|en\)""")
    folders = ("activities", "adapters", "agenda_types", "api", "domain", "procedure_types", "rehearsal", "rooms",
               "templates", "territories", "workflows")  # fmt: skip
    found = {str(path) for path in sources(*folders) if own_list.search(text(path))}
    assert found == {"domain/languages.py"}
