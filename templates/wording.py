"""The paragraphs that a type puts into its minutes in its own words, with what was filled in put into them."""

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import TemplateError

from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.types.item_type import AgendaItemType, FieldKind
from domain.types.vocabulary import ItemState
from domain.types.wording import Wording, WordingPlace
from templates.record import Record
from templates.sentences import Speech, compiled, complete
from templates.trail import merged
from templates.words import Words

_FAILS = (TemplateError, Refusal, ArithmeticError, AttributeError, TypeError, ValueError, KeyError)
"""Told by the lint of procedure types: a mistake in a paragraph never stops an act."""


class Chosen(str):
    """The code of a choice, which knows its words: two items may have one code and mean two things."""

    words: str

    @classmethod
    def of(cls, code: str, words: str) -> "Chosen":
        chosen = cls(code)
        chosen.words = words
        return chosen


def paragraphs(record: Record, words: Words, place: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words of each that stands there, and the events of the items that it tells of."""
    for paragraph in record.type.minutes.wording:
        if paragraph.holds(WordingPlace(place), record.procedure.outcome):
            try:
                yield _told(record, words, paragraph), _events(record, words, paragraph)
            except _FAILS:
                continue


def _told(record: Record, words: Words, paragraph: Wording) -> str:
    procedure = record.procedure
    items = {code: _values(record, words, kind) for code, kind in procedure.type.items.items()}
    people = {
        role.code: words.listed([record.name(one.id) for one in procedure.participants if one.role == role.code])
        for role in record.type.roles
    }
    act = {
        "number": record.class_and_number,
        "body": record.body_name,
        "place": record.municipality,
        "day": record.began.isoformat(),
        "outcome": record.outcome,
    }
    speech = Speech(procedure, words, lambda code: code.words if isinstance(code, Chosen) else str(code or ""))
    said = paragraph.says.in_language(words.language)
    return compiled(said).render(**items, people=people, act=act, speech=speech)


def _values(record: Record, words: Words, kind: AgendaItemType) -> dict[str, Any]:
    """Of the last that was done of that code; nothing where none was."""
    item = _last_done(record, kind.code)
    found = complete(kind.fields, item.values if item else {})
    for field in kind.fields:
        columns = {column.name: column for column in field.columns}
        if field.kind is FieldKind.CHOICE and found[field.name] in field.options:
            found[field.name] = _chosen(field.options, found[field.name], words)
        for row in found[field.name] if field.kind is FieldKind.ROWS else ():
            for name, cell in row.items():
                if cell in columns[name].options:
                    row[name] = _chosen(columns[name].options, cell, words)
    return found


def _chosen(options: Any, code: str, words: Words) -> Chosen:
    return Chosen.of(code, options[code].in_language(words.language))


def _events(record: Record, words: Words, paragraph: Wording) -> tuple[int, ...]:
    named = re.findall(r"\b([A-Z][A-Z0-9]{1,9})\.", paragraph.says.in_language(words.language))
    done = [item for code in dict.fromkeys(named) if (item := _last_done(record, code))]
    return merged(*(record.trail.seqs(item=item.id) for item in done))


def _last_done(record: Record, code: str) -> AgendaItem | None:
    done = [one for one in record.procedure.agenda if one.code == code and one.state is ItemState.DONE]
    return max(done, key=lambda one: one.closed_at or record.began) if done else None
