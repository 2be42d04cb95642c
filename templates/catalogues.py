"""The catalogues of words: a folder for each language, a file for each noun, a message for each dotted path inside it.

Documents, mails, refusals and vocabularies are YAML; the words of the pages are a PO file, which the tools of
translators read (docs/languages.md). A message that a language lacks is said in Spanish; `lacking` tells which.
"""

import gettext
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import yaml
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from domain.languages import DEFAULT_LANGUAGE, LANGUAGES, language

FOLDER = Path(__file__).parent / "words"

LANGUAGES_WITH_WORDS = tuple(known.code for known in LANGUAGES if (FOLDER / known.code).is_dir())
"""The languages in which people can be shown something; a record in any other is written in Spanish."""

_NUMBERS = {"zero", "one", "two", "few", "many", "other"}
"""Standard: UTS 35 part 3, the categories of grammatical number."""


class Forms(NamedTuple):
    """A message whose words depend on a number, by grammatical number."""

    choose: Callable[[int], str]
    forms: Mapping[str, str]

    def of(self, count: int) -> str:
        return self.forms.get(self.choose(count)) or self.forms["other"]


Message = str | Forms


def spoken(asked: str) -> str:
    """The language in which somebody who asks for `asked` is addressed."""
    return asked if asked in LANGUAGES_WITH_WORDS else DEFAULT_LANGUAGE


@cache
def names() -> tuple[str, ...]:
    """The nouns that there are catalogues of."""
    return tuple(sorted(path.stem for path in (FOLDER / DEFAULT_LANGUAGE).iterdir() if path.suffix in (".yaml", ".po")))


@cache
def catalogue(name: str, code: str) -> Mapping[str, Message]:
    """Every message of one file by its dotted path inside it; nothing where a language has no such file."""
    written, translated = (FOLDER / code / f"{name}{ending}" for ending in (".yaml", ".po"))
    if written.is_file():
        # Scar: YAML 1.1 reads `no` as false, and pages said «Sí / False». The base loader makes nothing but text.
        content = yaml.load(written.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
        return dict(_flat(content, "", code))
    return dict(messages_of(read_catalogue(translated, code))) if translated.is_file() else {}


def read_catalogue(path: Path, code: str) -> Catalog:
    """The PO file at `path`, whose language is `code`."""
    with path.open("rb") as file:
        return read_po(file, locale=language(code).locale, abort_invalid=True)


def message(key: str, code: str) -> Message | None:
    """The message of `key`, a file and the path inside it: in `code`, or in Spanish where that language lacks it."""
    name, _, path = key.partition(".")
    return catalogue(name, spoken(code)).get(path) or catalogue(name, DEFAULT_LANGUAGE).get(path)


def placeholders(said: Message) -> set[str]:
    """Names of the parameters that `said` needs in any of its forms."""
    forms = said.forms.values() if isinstance(said, Forms) else (said,)
    return {field for form in forms for _, field, _, _ in Formatter().parse(form) if field}


def lacking(code: str) -> list[str]:
    """Keys whose words a language still needs, or whose placeholders are not those of the Spanish message."""
    found = []
    for name in names():
        said, spanish = catalogue(name, code), catalogue(name, DEFAULT_LANGUAGE)
        found += [f"{name}.{path}" for path in said.keys() - spanish.keys()]
        for path, words in spanish.items():
            if words and (not said.get(path) or _differ(said[path], words)):
                found.append(f"{name}.{path}")
    return sorted(found)


def _differ(one: Message, other: Message) -> bool:
    # «Un corte» needs no number: a form may leave it out.
    return placeholders(one) - {"count"} != placeholders(other) - {"count"}


def _flat(content: Mapping[str, Any], path: str, code: str) -> Iterator[tuple[str, Message]]:
    for key, value in content.items():
        here = f"{path}.{key}" if path else str(key)
        if not isinstance(value, dict):
            yield here, str(value).strip()
        elif {"one", "other"} <= value.keys() <= _NUMBERS:
            yield here, Forms(Locale.parse(language(code).locale).plural_form, value)
        else:
            yield from _flat(value, here, code)


def messages_of(messages: Catalog) -> Iterator[tuple[str, Message]]:
    """What a PO file says; a fuzzy message waits for a translator and is not shown."""
    for entry in messages:
        if entry.id and not entry.fuzzy:
            forms = forms_of(entry)
            if isinstance(entry.id, str):
                yield entry.id, forms[0]
            elif all(forms):
                yield entry.id[0], _numbered(forms, messages.plural_expr)


def forms_of(entry: Entry) -> tuple[str, ...]:
    """What a message of a PO file says, in each of its grammatical numbers."""
    return tuple(entry.string) if isinstance(entry.string, list | tuple) else (entry.string or "",)


def _numbered(forms: tuple[str, ...], expression: str) -> Forms:
    """Forms by their place in the PO file; the last one is the one for «many»."""
    place = gettext.c2py(expression)
    return Forms(lambda count: str(place(count)), {**dict(zip("012345", forms, strict=False)), "other": forms[-1]})
