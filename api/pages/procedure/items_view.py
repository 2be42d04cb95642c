"""The agenda and the form of one of its items, generated from what the item type declares."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from api.pages.rendering import PageContext
from domain.procedure.agenda import AgendaItem
from domain.procedure.state import Procedure
from domain.rules.validity import line_of
from domain.types.item_type import AgendaItemType, FieldKind, ItemField
from domain.types.vocabulary import ItemState, Stage, Verb
from templates.people import shown_name
from templates.texts import text

MARKS = {
    ItemState.PLANNED: "circle",
    ItemState.OPEN: "circle-play",
    ItemState.SUSPENDED: "circle-pause",
    ItemState.DONE: "circle-check",
    ItemState.SKIPPED: "circle-slash",
}


@dataclass(frozen=True)
class ItemView:
    id: str
    code: str
    title: str
    role: str
    state: str
    state_words: str
    mark: str
    optional: bool
    may_open: bool
    may_skip: bool
    may_correct: bool


@dataclass(frozen=True)
class FieldView:
    name: str
    """As the form sends it: `f.summary`, `f.clauses.0.text`."""
    plain: str
    kind: str
    label: str
    hint: str
    required: bool
    computed: bool
    """Nobody types it: what it is follows from the others, once they are saved."""
    max_length: int
    value: str
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["FieldView", ...] = ()
    rows: tuple[tuple["FieldView", ...], ...] = ()


@dataclass(frozen=True)
class FormView:
    item: str
    title: str
    help: str
    legal_basis: tuple[str, ...]
    fields: tuple[FieldView, ...]
    correcting: bool
    revision: int
    unsaved: tuple[tuple[str, str], ...] = ()
    """(label, text) of what was typed here before somebody else saved the item."""
    to_read: tuple[str, ...] = ()
    """What the item asks to be read out."""
    prefilled_by: str = ""
    """Whose values stand in the form, where no person has confirmed them yet."""


def agenda_view(procedure: Procedure, context: PageContext) -> tuple[ItemView, ...]:
    lines = [line_of(procedure, item) for item in procedure.agenda]
    running = procedure.stage in (Stage.IN_SESSION, Stage.PREPARATION)
    return tuple(
        ItemView(
            id=item.id,
            code=item.code,
            title=procedure.type.item(item.code).titles.in_language(context.language),
            role=_role(procedure, item, context),
            state=item.state.value,
            state_words=text(f"vocabulary.item_state.{item.state.value}", context.language),
            mark=MARKS[item.state],
            optional=line is None or line.optional,
            may_open=running and item.state in (ItemState.PLANNED, ItemState.SUSPENDED, ItemState.SKIPPED),
            may_skip=running
            and item.state in (ItemState.PLANNED, ItemState.SUSPENDED, ItemState.OPEN)
            and not (line is not None and line.required),
            may_correct=running and item.state is ItemState.DONE,
        )
        for item, line in zip(procedure.agenda, lines, strict=True)
    )


def addable(procedure: Procedure, context: PageContext) -> tuple[tuple[str, str], ...]:
    """Codes and titles of the items that may be added now."""
    used = {item.code for item in procedure.agenda if item.state is not ItemState.SKIPPED}
    return tuple(
        (code, kind.titles.in_language(context.language))
        for code, kind in sorted(procedure.type.items.items())
        if kind.repeatable or code not in used
    )


def form_view(
    procedure: Procedure, item: AgendaItem, typed: Mapping[str, Any], context: PageContext, unsaved: Mapping[str, Any]
) -> FormView:
    """The form of `item` with what was typed; `typed` may be unfinished and is never trusted to be valid."""
    kind: AgendaItemType = procedure.type.item(item.code)
    own = {kind.about: item.person} if kind.about and item.person else {}
    return FormView(
        item=item.id,
        title=kind.titles.in_language(context.language),
        help=kind.help.in_language(context.language) if kind.help else "",
        legal_basis=kind.legal_basis,
        fields=tuple(
            _field(procedure, field, f"f.{field.name}", typed.get(field.name, own.get(field.name)), context)
            for field in kind.fields
        ),
        correcting=item.state is ItemState.DONE,
        revision=item.revision,
        unsaved=() if item.state is ItemState.DONE else said(procedure, item, unsaved, context),
        to_read=_to_read(procedure, kind, context),
        prefilled_by=item.prefilled.by if item.prefilled else "",
    )


def empty_fields(
    kind: AgendaItemType, context: PageContext, typed: Mapping[str, Any] = MappingProxyType({})
) -> tuple[FieldView, ...]:
    """The fields of an item that is asked for before there is a procedure, with what was `typed` already."""
    shown = typed or _beginning(kind.fields)
    return tuple(_field(None, field, f"f.{field.name}", shown.get(field.name), context) for field in kind.fields)


def _beginning(fields: tuple[ItemField, ...]) -> dict[str, Any]:
    """What stands in a form, or a row, that nobody has written into."""
    return {field.name: field.default for field in fields if field.default is not None}


def _to_read(procedure: Procedure, kind: AgendaItemType, context: PageContext) -> tuple[str, ...]:
    """The same words that citizens have before them on their own page."""
    if kind.verb is not Verb.INFORM:
        return ()
    say = context.language
    read: tuple[str, ...] = ()
    if kind.field("text_version"):
        banned = (text(f"pages.citizen.no_recording_by_you{part}", say) for part in ("", "_why"))
        read = (context.administration.data_protection.in_language(say), " ".join(banned))
    if kind.field("rights"):
        read = (*read, *(line.in_language(say) for line in procedure.type.procedure.information.rights))
    return read


def said(
    procedure: Procedure, item: AgendaItem, values: Mapping[str, Any], context: PageContext
) -> tuple[tuple[str, str], ...]:
    """(label, text) of what `values` say in the words of the form, to be read beside it."""
    fields = procedure.type.item(item.code).fields
    return tuple(
        (field.titles.in_language(context.language), _in_words(procedure, field, values[field.name], context))
        for field in fields
        if field.name in values
    )


def _in_words(procedure: Procedure, field: ItemField, value: Any, context: PageContext) -> str:
    if isinstance(value, bool):
        return text("pages.form.yes" if value else "pages.form.no", context.language)
    if isinstance(value, list):
        cells = [[_in_words(procedure, c, _cell(row, c.name), context) for c in field.columns] for row in value]
        return "\n".join(" · ".join(filter(None, row)) for row in cells)
    return dict(_options(procedure, field, context)).get(str(value), _shown(value))


def _role(procedure: Procedure, item: AgendaItem, context: PageContext) -> str:
    """Who is to speak; nothing for whoever holds the act, who is always there."""
    if item.person:
        return shown_name(procedure, procedure.participant(item.person), context.language)
    role = procedure.role(item.role) if item.role else None
    return "" if role is None or role.hosts else role.titles.in_language(context.language)


def _field(procedure: Procedure | None, field: ItemField, name: str, value: Any, context: PageContext) -> FieldView:
    columns: tuple[FieldView, ...] = ()
    rows: tuple[tuple[FieldView, ...], ...] = ()
    if field.kind is FieldKind.ROWS:
        given = value if isinstance(value, list) else []
        columns = tuple(
            _field(procedure, column, f"{name}.__.{column.name}", column.default, context) for column in field.columns
        )
        rows = tuple(
            tuple(
                _field(procedure, column, f"{name}.{number}.{column.name}", _cell(row, column.name), context)
                for column in field.columns
            )
            for number, row in enumerate(given or [_beginning(field.columns)])
        )
    return FieldView(
        name=name,
        plain=field.name,
        kind=field.kind.value,
        label=field.titles.in_language(context.language),
        hint=field.hint.in_language(context.language) if field.hint else "",
        required=field.required,
        computed=field.computed is not None,
        max_length=field.max_length,
        value=_shown(value),
        options=_options(procedure, field, context),
        columns=columns,
        rows=rows,
    )


def _cell(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else None


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, list | dict) else str(value)


def _options(procedure: Procedure | None, field: ItemField, context: PageContext) -> tuple[tuple[str, str], ...]:
    if field.kind is FieldKind.CHOICE:
        return tuple((code, texts.in_language(context.language)) for code, texts in field.options.items())
    if field.kind is FieldKind.COUNTRY:
        named = context.words.countries()
        return tuple(named.items())
    if procedure is None:
        return ()
    if field.kind is FieldKind.PARTICIPANT:
        return tuple((person.id, shown_name(procedure, person, context.language)) for person in procedure.participants)
    if field.kind is FieldKind.DOCUMENT:
        return tuple((document.id, document.title) for document in procedure.documents)
    return ()
