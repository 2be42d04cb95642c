"""Sentences that a type file wrote, said of what was filled in.

They come from whoever defines types, so they run in a sandbox; what people typed is handed to them as words and is
never read as a sentence itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from domain.errors import Refusal
from domain.procedure.state import Procedure
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from templates.page import keep_breaks
from templates.people import shown_name
from templates.words import Words


@dataclass(frozen=True)
class Speech:
    """What the filters of one rendering know."""

    procedure: Procedure
    words: Words
    option: Callable[[Any], str]
    """The words of a choice."""


def compiled(sentence: str) -> Template:
    """To be rendered with `speech`, a `Speech`, and the names that the sentence may use."""
    return _compiled(sentence)


def complete(fields: tuple[ItemField, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every declared field, None where nothing was written, so that `{% if values.note %}` may be asked."""
    found: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.name)
        if field.kind is FieldKind.ROWS:
            value = [complete(field.columns, row) for row in value or []]
        found[field.name] = keep_breaks(value) if isinstance(value, str) else value
    return found


def option_of(item_type: AgendaItemType, code: Any, language: str) -> str:
    """A code means one thing in a type (a lint rule sees to it)."""
    for field in item_type.fields:
        for place in (field, *field.columns):
            if code in place.options:
                return place.options[code].in_language(language)
    return "" if code is None else str(code)


def person_named(procedure: Procedure, words: Words, id: str) -> str:
    try:
        return shown_name(procedure, procedure.participant(id), words.language)
    except Refusal:
        return str(id)


def document_named(procedure: Procedure, id: str) -> str:
    try:
        return f"«{procedure.document(id).title}»"
    except Refusal:
        return str(id)


@pass_context
def _money(context: Context, amount: Any) -> str:
    return _speech(context).words.money(amount)


@pass_context
def _day(context: Context, when: Any) -> str:
    return _speech(context).words.day(when)


@pass_context
def _clock(context: Context, when: Any) -> str:
    return _speech(context).words.clock(when)


@pass_context
def _person(context: Context, id: Any) -> str:
    return person_named(_speech(context).procedure, _speech(context).words, id) if id else ""


@pass_context
def _document(context: Context, id: Any) -> str:
    return document_named(_speech(context).procedure, id) if id else ""


@pass_context
def _country(context: Context, code: Any) -> str:
    return _speech(context).words.country(code)


@pass_context
def _option(context: Context, code: Any) -> str:
    return _speech(context).option(code)


@pass_context
def _printed(context: Context, value: Any) -> Any:
    if isinstance(value, bool):
        return _speech(context).words.yes_no(value)
    return "" if value is None else value


def _speech(context: Context) -> Speech:
    speech: Speech = context["speech"]
    return speech


@lru_cache(1024)
def _compiled(sentence: str) -> Template:
    return _sandbox().from_string(sentence)


@cache
def _sandbox() -> ImmutableSandboxedEnvironment:
    """Scar: without `finalize` a yes/no field prints `True` in the minutes."""
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, finalize=_printed)
    sandbox.filters.update(
        money=_money,
        day=_day,
        clock=_clock,
        person=_person,
        document=_document,
        option=_option,
        country=_country,
    )
    return sandbox
