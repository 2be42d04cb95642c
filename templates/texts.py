"""Short texts that people see, by key: `text("sms.reminder", "es", when=...)`.

A key is a file of `words/<language>/` and the path inside it; the placeholders are the same in every language.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from babel.dates import format_date

from domain import languages
from domain.errors import PersonMustAct
from domain.languages import DEFAULT_LANGUAGE
from templates.catalogues import Forms, catalogue, message, spoken

_EXPLAINING = ("refusals", "problems")
"""Where the words for a code are: the rules of procedures first, then the front door's own troubles."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?")


class Explanation(NamedTuple):
    """A refusal in words: what rule was broken, why it exists, what to do now."""

    code: str
    title: str
    why: str
    """Empty when no law forces the rule."""
    next: str


def text(key: str, language: str, /, **params: Any) -> str:
    """The text of `key` with its placeholders filled in; `count` chooses between its grammatical numbers, if any.

    Raises `KeyError` for an unknown key or parameter.
    """
    words = message(key, language)
    if words is None:
        raise KeyError(key)
    if isinstance(words, Forms):
        words = words.of(params["count"])
    return words.format_map(params) if "{" in words else words


def has_text(key: str) -> bool:
    name, _, path = key.partition(".")
    return path in catalogue(name, DEFAULT_LANGUAGE)


def refusal_text(error: PersonMustAct, language: str) -> Explanation:
    """What a person reads instead of `error`. Never raises: a page that explains a problem must not be one."""
    found = [name for name in _EXPLAINING if has_text(f"{name}.{error.code}.title")]
    key = f"{found[0]}.{error.code}" if found else "refusals.unknown"
    params = _Said({name: _said(value, language) for name, value in error.params.items()})
    parts = (str(message(f"{key}.{part}", language) or "").format_map(params) for part in ("title", "why", "next"))
    return Explanation(error.code, *parts)


def broken_rule(code: str, language: str) -> str:
    """The rule within a sentence («el archivo tiene contraseña»), for what is told long after: without its numbers."""
    brief = f"refusals.{code}.brief"
    said = text(brief, language) if has_text(brief) else refusal_text(PersonMustAct(code), language).title
    return said[:1].lower() + said[1:]


def cancellation(reason: str, language: str) -> str:
    """Why an act was called off: as somebody typed it, or the words for what a rule of its type says."""
    coded = f"vocabulary.cancellation.{reason}"
    return text(coded, language) if has_text(coded) else reason


class _Said(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def _said(value: Any, language: str) -> str:
    if isinstance(value, Mapping):  # a text of the type, in each of its languages
        return str(value.get(language) or value.get(DEFAULT_LANGUAGE) or "")
    if isinstance(value, list | tuple | set):
        return ", ".join(_said(one, language) for one in value)
    return _day_in_words(str(value), language) if _DAY.fullmatch(str(value)) else str(value)


def _day_in_words(when: str, language: str) -> str:
    """`9 de diciembre de 2026`, with the hour where there is one: it is told in the time of whoever is to come."""
    locale = languages.language(spoken(language)).locale
    day = format_date(date.fromisoformat(when[:10]), "long", locale=locale)
    return text("figures.moment", language, day=day, clock=when[11:16]) if "T" in when else day
