"""The catalogues of short texts that people see, one YAML file per noun and language: `text("sms.reminder", "es")`.

A key is the file and the path inside it. Spanish and English have the same keys and the same `{placeholders}`.
"""

from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

import yaml

from domain.errors import PersonMustAct
from templates.words import LANGUAGES

FOLDER = Path(__file__).parent / "texts"

_EXPLAINING = ("refusals", "problems")
"""Where the words for a code are: the rules of procedures first, then the front door's own troubles."""


class Explanation(NamedTuple):
    """A refusal in words: what rule was broken, why it exists, what to do now."""

    code: str
    title: str
    why: str
    """Empty when no law forces the rule."""
    next: str


@cache
def catalogue(name: str, language: str) -> dict[str, str]:
    """Every text of one file by its dotted path inside it."""
    content = yaml.safe_load((FOLDER / f"{name}.{language}.yaml").read_text(encoding="utf-8"))
    return dict(_flat(content, ""))


def text(key: str, language: str, /, **params: Any) -> str:
    """The text of `key` with its placeholders filled in. Raises `KeyError` for an unknown key or parameter."""
    name, _, path = key.partition(".")
    words = catalogue(name, language if language in LANGUAGES else LANGUAGES[0])[path]
    return words.format_map(params) if "{" in words else words


def has_text(key: str) -> bool:
    name, _, path = key.partition(".")
    return (FOLDER / f"{name}.{LANGUAGES[0]}.yaml").exists() and path in catalogue(name, LANGUAGES[0])


def placeholders(words: str) -> set[str]:
    """Names of the parameters that `words` needs."""
    return {field for _, field, _, _ in Formatter().parse(words) if field}


def refusal_text(error: PersonMustAct, language: str) -> Explanation:
    """What a person reads instead of `error`. Never raises: a page that explains a problem must not be one."""
    found = [name for name in _EXPLAINING if has_text(f"{name}.{error.code}.title")]
    key = f"{found[0]}.{error.code}" if found else "refusals.unknown"
    params = _Said({name: _said(value) for name, value in error.params.items()})
    parts = (_words(f"{key}.{part}", language).format_map(params) for part in ("title", "why", "next"))
    return Explanation(error.code, *parts)


def broken_rule(code: str, language: str) -> str:
    """The rule within a sentence («el archivo tiene contraseña»), for what is told long after: without its numbers."""
    brief = f"refusals.{code}.brief"
    said = text(brief, language) if has_text(brief) else refusal_text(PersonMustAct(code), language).title
    return said[:1].lower() + said[1:]


def _words(key: str, language: str) -> str:
    name, _, path = key.partition(".")
    return catalogue(name, language if language in LANGUAGES else LANGUAGES[0]).get(path, "")


class _Said(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | set) else str(value)


def _flat(content: dict[str, Any], path: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in content.items():
        here = f"{path}.{key}" if path else str(key)
        found += _flat(value, here) if isinstance(value, dict) else [(here, str(value).strip())]
    return found
