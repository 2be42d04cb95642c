"""What somebody filled in, judged by the fields of the item type and brought into one canonical form."""

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.codes.countries import COUNTRIES
from domain.codes.id_numbers import has_right_letter, is_spanish, normalised
from domain.errors import Refusal
from domain.refusals.requests import (
    COMPUTED_OTHERWISE,
    DOCUMENT_NUMBER_MALFORMED,
    EMAIL_MALFORMED,
    FIELD_INVALID,
    FIELD_REQUIRED,
    GIVEN_NAME_TOO_LONG,
    LETTER_DOES_NOT_FIT,
    MEMBERSHIP_NUMBER_MALFORMED,
    NUMBER_TOO_HIGH,
    NUMBER_TOO_LOW,
    NUMBERS_SAY_OTHERWISE,
    PATTERN_NOT_MET,
    PHONE_MALFORMED,
    REPEATED_IN_ROWS,
    UNKNOWN_FIELD,
)
from domain.types.item_type import AgendaItemType, FieldKind, ItemField, LineForm, is_wanted

_NOTHING: tuple[Any, ...] = (None, "", [])


def checked_values(item_type: AgendaItemType, values: dict[str, Any], *, complete: bool) -> dict[str, Any]:
    """Return `values` in canonical JSON form (money as `1200.00`, dates as ISO 8601).

    Raises `Refusal` naming the field, the first of `value_faults`; with `complete`, required fields must be there.
    """
    for fault in value_faults(item_type, values, complete=complete):
        raise fault
    return _canonical(item_type, values)


def _canonical(item_type: AgendaItemType, values: dict[str, Any]) -> dict[str, Any]:
    given = ((field, values.get(field.name)) for field in item_type.fields if not field.computed)
    said = {field.name: checked(field, value) for field, value in given if value not in _NOTHING}
    followed = ((field.name, field.computed.of(said)) for field in item_type.fields if field.computed)
    return said | {name: value for name, value in followed if value is not None}


def value_faults(item_type: AgendaItemType, values: dict[str, Any], *, complete: bool) -> Iterator[Refusal]:
    """All that is wrong with `values`, in the order of the form. A cell of a row is named `field.number.column`."""
    faults = list(_faults_of_fields(item_type, values, complete))
    yield from faults
    if complete and not faults:
        said = _canonical(item_type, values)
        yield from _otherwise_computed(item_type, values, said)
        wrong = (tally for tally in item_type.tallies if not tally.agrees(said))
        yield from (
            Refusal(NUMBERS_SAY_OTHERWISE, field=tally.field, item=item_type.code, law=tally.legal_basis)
            for tally in wrong
        )
        yield from (
            Refusal(REPEATED_IN_ROWS, field=field.name, item=item_type.code, law=field.unlike.legal_basis)
            for field in item_type.fields
            if field.unlike and field.name in said and field.unlike.broken(said[field.name], said)
        )


def _otherwise_computed(item_type: AgendaItemType, values: dict[str, Any], said: dict[str, Any]) -> Iterator[Refusal]:
    for field in item_type.fields:
        typed, right = values.get(field.name), said.get(field.name)
        if field.computed and typed not in _NOTHING and checked(field, typed) != right:
            yield Refusal(
                COMPUTED_OTHERWISE, field=field.name, item=item_type.code, said="" if right is None else right
            )


def _faults_of_fields(item_type: AgendaItemType, values: dict[str, Any], complete: bool) -> Iterator[Refusal]:
    for name in values:
        if item_type.field(name) is None:
            yield Refusal(UNKNOWN_FIELD, field=name, known=[field.name for field in item_type.fields])
    for field in item_type.fields:
        value = values.get(field.name)
        rows = enumerate(value) if field.kind is FieldKind.ROWS and isinstance(value, list) else ()
        in_rows = [
            fault
            for number, row in rows
            if isinstance(row, dict)
            for column in field.columns
            for fault in _faults(item_type, column, row, complete, f"{field.name}.{number}.")
        ]
        yield from in_rows or _faults(item_type, field, values, complete)


def _faults(
    item_type: AgendaItemType, field: ItemField, values: dict[str, Any], complete: bool, within: str = ""
) -> Iterator[Refusal]:
    value = values.get(field.name)
    if value in _NOTHING:
        if complete and is_wanted(field, values):
            yield Refusal(FIELD_REQUIRED, field=within + field.name, item=item_type.code)
        return
    try:
        checked(field, value)
    except Refusal as fault:
        yield Refusal(fault.declared, **{**fault.params, "field": within + field.name})


def checked(field: ItemField, value: Any) -> Any:
    """One value in canonical form. Raises `Refusal` naming the field."""
    try:
        return _PARSERS[field.kind](field, value)
    except (ValueError, TypeError, InvalidOperation, AttributeError) as error:
        raise Refusal(FIELD_INVALID, field=field.name, kind=field.kind.value) from error


def _text(field: ItemField, value: Any) -> str:
    if not isinstance(value, str) or len(value) > field.max_length or "\x00" in value:
        raise ValueError(value)
    return value.strip()


def _line(field: ItemField, value: Any) -> str:
    text = _text(field, value)
    if field.form is LineForm.IDENTITY_NUMBER and is_spanish(text):
        if not has_right_letter(text):
            raise Refusal(LETTER_DOES_NOT_FIT, field=field.name)
        return normalised(text)
    if field.pattern and not field.pattern.fits(text):
        raise Refusal(
            PATTERN_NOT_MET, field=field.name, wanted=dict(field.pattern.says.root), example=field.pattern.example
        )
    if field.form is LineForm.GIVEN_NAME:
        return _given_name(field, text)
    shape, malformed = _FORMS[field.form] if field.form else (_ANYTHING, None)
    if malformed is not None and not shape.match(text):
        raise Refusal(malformed, field=field.name)
    return text


EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>.]+(?:\.[^@\s,;<>.]+)+\Z")
_ANYTHING = re.compile("")
_FORMS = {
    LineForm.IDENTITY_NUMBER: (
        re.compile(r"(?=(?:[^0-9]*[0-9]){3})[0-9A-Za-z][0-9A-Za-z .\-/]{3,28}\Z"),
        DOCUMENT_NUMBER_MALFORMED,
    ),
    LineForm.EMAIL: (EMAIL, EMAIL_MALFORMED),
    # Standard: ITU-T E.164, fifteen digits at most.
    LineForm.MEMBERSHIP_NUMBER: (re.compile(r"[0-9A-Za-z .\-/]*[0-9][0-9A-Za-z .\-/]*\Z"), MEMBERSHIP_NUMBER_MALFORMED),
    LineForm.PHONE: (re.compile(r"\+?(?:[ .\-()]*[0-9]){9,15}\Z"), PHONE_MALFORMED),
}


def _given_name(field: ItemField, text: str) -> str:
    """Law: LRC art. 51.1, at most two simple names or one compound; whatever joins its parts counts for nothing."""
    words = [word for word in re.split(r"[\s-]+", text) if word.casefold() not in _JOINING]
    if not 1 <= len(words) <= _MOST_NAMES or not all(re.sub(r"['’·.ªº]", "", word).isalpha() for word in words):
        raise Refusal(GIVEN_NAME_TOO_LONG, field=field.name)
    return text


_MOST_NAMES = 2
_JOINING = {"de", "del", "la", "las", "los", "el", "y", "e", "i", "da", "das", "do", "dos", "l'", "d'"}


def _boolean(_: ItemField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _integer(field: ItemField, value: Any) -> int:
    # scar: int() alone makes 7 of 7.5, and 1 of a ticked box.
    if isinstance(value, bool | float):
        raise ValueError(value)
    number = int(value)
    if field.minimum is not None and number < field.minimum:
        raise Refusal(NUMBER_TOO_LOW, field=field.name, minimum=field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise Refusal(NUMBER_TOO_HIGH, field=field.name, maximum=field.maximum)
    return number


def _money(_: ItemField, value: Any) -> str:
    amount = Decimal(str(value))
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        raise ValueError(value)
    return f"{amount:.2f}"


def _choice(field: ItemField, value: Any) -> str:
    if value not in field.options:
        raise ValueError(value)
    return str(value)


def _country(_: ItemField, value: Any) -> str:
    code = str(value).strip().upper()
    if code not in COUNTRIES:
        raise ValueError(value)
    return code


def _time(_: ItemField, value: Any) -> str:
    return time.fromisoformat(value).strftime("%H:%M")


def _rows(field: ItemField, value: Any) -> list[dict[str, Any]]:
    return [_row(field, row) for row in value]


def _row(field: ItemField, row: dict[str, Any]) -> dict[str, Any]:
    unknown = set(row) - {column.name for column in field.columns}
    if unknown:
        raise ValueError(unknown)
    return {
        column.name: checked(column, row[column.name])
        for column in field.columns
        if row.get(column.name) not in (None, "")
    }


_PARSERS: dict[FieldKind, Any] = {
    FieldKind.LINE: _line,
    FieldKind.TEXT: _text,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.INTEGER: _integer,
    FieldKind.MONEY: _money,
    FieldKind.DATE: lambda _, value: date.fromisoformat(value).isoformat(),
    FieldKind.TIME: _time,
    FieldKind.CHOICE: _choice,
    FieldKind.PARTICIPANT: _text,
    FieldKind.DOCUMENT: _text,
    FieldKind.COUNTRY: _country,
    FieldKind.ROWS: _rows,
}
