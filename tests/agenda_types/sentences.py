"""The minutes sentences of item types, rendered with plain filters in place of those of `templates/`."""

import itertools
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, nodes

from agenda_types.lint import FILTERS
from domain.types.item_type import AgendaItemType, FieldKind, ItemField, LineForm, is_wanted
from rehearsal.plausible import counted

SAMPLES: dict[FieldKind, Any] = {
    FieldKind.LINE: "una línea",
    FieldKind.TEXT: "Una frase entera.",
    FieldKind.BOOLEAN: True,
    FieldKind.INTEGER: 3,
    FieldKind.MONEY: "1200.00",
    FieldKind.DATE: "2027-01-15",
    FieldKind.TIME: "10:30",
    FieldKind.PARTICIPANT: "p1",
    FieldKind.DOCUMENT: "d1",
    FieldKind.COUNTRY: "PT",
}
FORMED = {
    LineForm.IDENTITY_NUMBER: "99856680H",
    LineForm.EMAIL: "a@correo.example",
    LineForm.PHONE: "600 000 108",
    LineForm.GIVEN_NAME: "Uxía",
    LineForm.MEMBERSHIP_NUMBER: "412",
}


def environment(item: AgendaItemType, language: str) -> Environment:
    """Jinja with the filters that a sentence may use, and nothing else of ours."""
    labels = {
        code: texts.in_language(language)
        for field in item.fields
        for place in (field, *field.columns)
        for code, texts in place.options.items()
    }
    env = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701  (plain text, compared here)
    stand_ins = (
        lambda amount: f"{amount} €",
        lambda day: f"día {day}",
        str,
        lambda person: f"Persona {person}",
        lambda document: f"Papel {document}",
        labels.__getitem__,
        lambda code: f"País {code}",
    )
    env.filters |= dict(zip(FILTERS, stand_ins, strict=True))
    return env


def rendered(item: AgendaItemType, language: str, values: dict[str, Any]) -> str:
    return _template(item, language).render(values=_complete(item.fields, values))


_TEMPLATES: dict[tuple[str, str], Template] = {}


def _template(item: AgendaItemType, language: str) -> Template:
    if (item.code, language) not in _TEMPLATES:
        assert item.minutes is not None
        sentence = item.minutes.in_language(language)
        _TEMPLATES[item.code, language] = environment(item, language).from_string(sentence)
    return _TEMPLATES[item.code, language]


def _complete(fields: tuple[ItemField, ...], values: dict[str, Any]) -> dict[str, Any]:
    """Every declared field, None where nothing was written: what `templates` hands to a sentence."""
    complete = {field.name: values.get(field.name) for field in fields}
    for field in fields:
        if field.kind is FieldKind.ROWS:
            complete[field.name] = [_complete(field.columns, row) for row in values.get(field.name) or []]
    return complete


def fillings(item: AgendaItemType) -> Iterator[dict[str, Any]]:
    """Each of them, its numbers giving the choice that is in it."""
    yield from (counted(item, values) for values in _fillings(item))


def _fillings(item: AgendaItemType) -> Iterator[dict[str, Any]]:
    """The item filled in wholly, barely, with one optional field more, and with each option in turn."""
    full = {field.name: _value(field, full=True) for field in item.fields}
    bare = {field.name: _value(field, full=False) for field in item.fields if field.required}
    wanted = {field.name for field in item.fields if is_wanted(field, bare)}
    bare |= {field.name: _value(field, full=False) for field in item.fields if field.name in wanted}
    yield from (full, bare)
    for field in item.fields:
        yield bare | {field.name: _value(field, full=False)}
        yield {name: value for name, value in full.items() if name != field.name or is_wanted(field, full)}
        yield from (full | {field.name: code} for code in field.options)


def _value(field: ItemField, *, full: bool) -> Any:
    if field.kind is FieldKind.ROWS:
        columns = [column for column in field.columns if full or column.required]
        row = {column.name: _value(column, full=full) for column in columns}
        return [row, row] if full else [row]
    if field.form:
        return FORMED[field.form]
    return next(iter(field.options)) if field.options else SAMPLES[field.kind]


def undeclared_names(item: AgendaItemType, language: str) -> set[str]:
    """What a sentence reads that the type does not declare, `row.column` by `row.column`."""
    assert item.minutes is not None
    tree = environment(item, language).parse(item.minutes.in_language(language))
    known = {"values": {field.name for field in item.fields}, "loop": {"index", "last", "first"}}
    for loop in tree.find_all(nodes.For):
        read = loop.iter.left if isinstance(loop.iter, nodes.Or) else loop.iter
        field = item.field(read.attr) if isinstance(read, nodes.Getattr) else None
        assert field is not None and isinstance(loop.target, nodes.Name)
        known[loop.target.name] = {column.name for column in field.columns}
    read_names = {name.name for name in tree.find_all(nodes.Name)} - set(known) - {"item", "people"}
    attributes = [node for node in tree.find_all(nodes.Getattr) if isinstance(node.node, nodes.Name)]
    wrong = {f"{a.node.name}.{a.attr}" for a in attributes if a.attr not in known.get(a.node.name, set())}  # type: ignore[attr-defined]
    return read_names | wrong


def languages_and_fillings(item: AgendaItemType) -> Iterator[tuple[str, dict[str, Any]]]:
    return itertools.product(("es", "en"), fillings(item))
