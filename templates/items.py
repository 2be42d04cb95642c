"""Items of the agenda in words: the sentence of the type file, or the fields one by one.

The sentence comes from a file that an Administration wrote, so it runs in a sandbox; when it fails, the fields are
listed instead: a mistake in a sentence never stops an act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import TemplateError

from domain.errors import Refusal
from domain.procedure.agenda import AgendaItem
from domain.procedure.people import Participant
from domain.procedure.state import Procedure
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.vocabulary import InMinutes
from templates.denials import answered_no
from templates.page import keep_breaks
from templates.people import shown_name
from templates.sentences import Speech, compiled, complete, document_named, option_of, person_named
from templates.words import Words


@dataclass(frozen=True)
class FieldWords:
    """One filled-in field: short ones belong in a list, long ones are prose, rows are a table."""

    name: str
    title: str
    text: str
    prose: bool = False
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class ItemWriter:
    """Writes the items of one procedure in one language."""

    def __init__(self, procedure: Procedure, words: Words) -> None:
        self._procedure = procedure
        self._words = words

    def title(self, item: AgendaItem) -> str:
        return self._type(item).titles.in_language(self._words.language)

    def sentence(self, item: AgendaItem) -> str:
        """The minutes sentence; without one, the fields in a row, or nothing where only a mention is wanted."""
        item_type = self._type(item)
        if item_type.minutes:
            try:
                return self._told(item_type, item_type.minutes.in_language(self._words.language), item)
            except (TemplateError, Refusal, ArithmeticError, AttributeError, TypeError, ValueError, KeyError):
                pass  # told by the lint of agenda_types; the record is complete all the same
        return "" if item_type.in_minutes is InMinutes.MENTION else self.listing(item)

    def _told(self, item_type: AgendaItemType, sentence: str, item: AgendaItem) -> str:
        """The sentence; and where it tells a yes and is silent about a no, the question with its answer."""
        said = self._rendered(sentence, item)
        denied = []
        for no in answered_no(item_type, item.values):
            unsaid, yes = (self._rendered(sentence, item.but(values=values)) for values in (no.unsaid, no.yes))
            if said == unsaid != yes:
                whose = f" ({person_named(self._procedure, self._words, no.whose)})" if no.whose else ""
                title = no.field.titles.in_language(self._words.language)
                denied.append(f"{title}{whose}: {self._words.yes_no(False)}.")
        return " ".join((said, *denied))

    def listing(self, item: AgendaItem) -> str:
        return " ".join(f"{field.title}: {_listed(field)}." for field in self.fields(item))

    def fields(self, item: AgendaItem) -> tuple[FieldWords, ...]:
        """The filled-in fields in the order of the type."""
        found = []
        for field in self._type(item).fields:
            value = item.values.get(field.name)
            if value not in (None, "", []):
                found.append(self._field(field, value))
        return tuple(found)

    def _field(self, field: ItemField, value: Any) -> FieldWords:
        title = field.titles.in_language(self._words.language)
        if field.kind is FieldKind.ROWS:
            used = [column for column in field.columns if any(row.get(column.name) is not None for row in value)]
            rows = tuple(tuple(self._shown(column, row.get(column.name)) for column in used) for row in value)
            header = tuple(column.titles.in_language(self._words.language) for column in used)
            return FieldWords(field.name, title, "", header=header, rows=rows)
        return FieldWords(field.name, title, self._shown(field, value), prose=field.kind is FieldKind.TEXT)

    def _shown(self, field: ItemField, value: Any) -> str:
        if value is None:
            return ""
        language, words = self._words.language, self._words
        shown: dict[FieldKind, Callable[[Any], str]] = {
            FieldKind.BOOLEAN: words.yes_no,
            FieldKind.MONEY: words.money,
            FieldKind.DATE: words.day,
            FieldKind.COUNTRY: words.country,
            FieldKind.CHOICE: lambda code: field.options[code].in_language(language),
            FieldKind.PARTICIPANT: lambda id: person_named(self._procedure, words, id),
            FieldKind.DOCUMENT: lambda id: document_named(self._procedure, id),
        }
        return shown.get(field.kind, lambda typed: keep_breaks(str(typed)))(value)

    def _rendered(self, sentence: str, item: AgendaItem) -> str:
        item_type = self._type(item)
        speech = Speech(self._procedure, self._words, lambda code: option_of(item_type, code, self._words.language))
        people = {person.id: _Named(self._procedure, person, self._words.language) for person in self._people()}
        values = complete(item_type.fields, item.values)
        return compiled(sentence).render(values=values, people=people, item=item, speech=speech)

    def _people(self) -> tuple[Participant, ...]:
        return self._procedure.participants

    def _type(self, item: AgendaItem) -> AgendaItemType:
        return self._procedure.type.item(item.code)


class _Named:
    """A person as a sentence may see one: a name that can be read, and a role."""

    def __init__(self, procedure: Procedure, person: Participant, language: str) -> None:
        self.name = shown_name(procedure, person, language)
        self.role = procedure.role_of(person).titles.in_language(language)

    def __str__(self) -> str:
        return self.name


def _listed(field: FieldWords) -> str:
    if field.rows:
        lines = [", ".join(f"{name}: {cell}" for name, cell in zip(field.header, row, strict=True) if cell)
                 for row in field.rows]  # fmt: skip
        return "; ".join(lines)
    return field.text.rstrip(".")
