"""What may stand on an agenda: one agenda item type, as its YAML file declares it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from domain.base import Texts, Value
from domain.types.computed import Computed
from domain.types.decision import Decision
from domain.types.line_pattern import LinePattern
from domain.types.vocabulary import InMinutes, Verb


class FieldKind(StrEnum):
    """How one field of an item is typed in, stored and shown."""

    LINE = "line"
    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    PARTICIPANT = "participant"
    DOCUMENT = "document"
    """A paper of the act: scanned, handed in or written in it. Its bytes are kept with their hash."""
    COUNTRY = "country"
    """By its two letters (ISO 3166-1), shown by its name."""
    ROWS = "rows"
    """A table: a list of rows, each with the `columns` of the field."""


class LineForm(StrEnum):
    """What a line of text is, so that a slip of the hand is told while whoever knows better is there."""

    IDENTITY_NUMBER = "identity_number"
    """A DNI or NIE whose letter fits, or a number of another country."""
    EMAIL = "email"
    PHONE = "phone"
    """At least nine digits, with or without the prefix of a country."""
    MEMBERSHIP_NUMBER = "membership_number"
    """Of a member of a professional body: there is a figure in it."""
    GIVEN_NAME = "given_name"
    """Two simple names or one compound, in letters (law: LRC art. 51)."""


class Unlike(Value):
    """The line is not what stands in `column` of any row of `rows` for which `when` holds."""

    rows: str
    """Another field of the same item, of kind `rows`."""
    column: str
    when: dict[str, tuple[str, ...]] = Field(default={}, exclude_if=lambda conditions: not conditions)
    """Another column -> its choices, or `yes` or `no`; empty: of any row."""
    legal_basis: str = Field(min_length=3, max_length=120)

    def broken(self, line: str, values: Mapping[str, Any]) -> bool:
        """Capitals, blanks and hyphens make no other name."""
        return any(
            alike(line) == alike(str(row.get(self.column) or ""))
            for row in values.get(self.rows) or ()
            if all(answer(row.get(column)) in choices for column, choices in self.when.items())
        )


def alike(line: str) -> str:
    return " ".join(line.casefold().replace("-", " ").split())


class ItemField(Value):
    """One field of an item type."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    kind: FieldKind
    titles: Texts
    hint: Texts | None = None
    required: bool = False
    required_when: dict[str, tuple[str, ...]] = Field(default={}, exclude_if=lambda conditions: not conditions)
    """Another field of the same form or row -> its choices, or `yes` or `no`, with which this one is required too."""
    options: dict[str, Texts] = Field(default_factory=dict)
    columns: tuple["ItemField", ...] = ()
    max_length: int = Field(default=4000, ge=1, le=20000)
    default: str | int | bool | None = Field(default=None, exclude_if=lambda default: default is None)
    """What stands in the form before anybody writes; a person still has to save it."""
    computed: Computed | None = Field(default=None, exclude_if=lambda computed: computed is None)
    """What it is, given the others: nobody types it."""
    not_past: bool = Field(default=False, exclude_if=lambda not_past: not not_past)
    """A date that lies before the act cannot be meant: a term, an appointment."""
    minimum: int | None = Field(default=None, exclude_if=lambda minimum: minimum is None)
    """The lowest whole number that can be meant."""
    maximum: int | None = Field(default=None, exclude_if=lambda maximum: maximum is None)
    """The highest one."""
    form: LineForm | None = Field(default=None, exclude_if=lambda form: form is None)
    """What a line has to be: anything else is refused."""
    pattern: LinePattern | None = Field(default=None, exclude_if=lambda pattern: pattern is None)
    """What a line has to look like, where `form` has no word for it."""
    unlike: Unlike | None = Field(default=None, exclude_if=lambda unlike: unlike is None)
    """What the line may not repeat."""
    not_future: bool = Field(default=False, exclude_if=lambda not_future: not not_future)
    """A date that lies after the act cannot be meant: a birth, something that happened."""
    years_at_most: int | None = Field(default=None, ge=1, le=100, exclude_if=lambda years: years is None)
    """A date lies no more than so many years after the act: what the law lets nobody grant for longer."""
    legal_basis: str | None = Field(default=None, max_length=120, exclude_if=lambda law: law is None)
    """The article that sets `years_at_most`."""

    @model_validator(mode="after")
    def _options_and_columns_fit_the_kind(self) -> "ItemField":
        if (self.kind is FieldKind.CHOICE) != bool(self.options):
            raise PydanticCustomError("options_and_choice", "options and kind choice go together")
        if (self.kind is FieldKind.ROWS) != bool(self.columns):
            raise PydanticCustomError("columns_and_rows", "columns and kind rows go together")
        if self.not_past and self.kind is not FieldKind.DATE:
            raise PydanticCustomError("not_past_and_date", "not_past and kind date go together")
        if (self.not_future or self.years_at_most) and self.kind is not FieldKind.DATE:
            raise PydanticCustomError("day_bounds_and_date", "not_future and years_at_most go with kind date")
        if self.form and self.kind is not FieldKind.LINE:
            raise PydanticCustomError("form_and_line", "form and kind line go together")
        if (self.pattern or self.unlike) and self.kind is not FieldKind.LINE:
            raise PydanticCustomError("pattern_and_line", "pattern and unlike go with kind line")
        if self.pattern and self.form:
            raise PydanticCustomError("pattern_or_form", "pattern and form say the same thing twice")
        if self.bounded and self.kind is not FieldKind.INTEGER:
            raise PydanticCustomError("bounds_and_integer", "minimum and maximum go with kind integer")
        if any(column.kind is FieldKind.ROWS for column in self.columns):
            raise PydanticCustomError("rows_in_rows", "rows inside rows are not supported")
        return self

    @model_validator(mode="after")
    def _is_a_figure_that_nobody_types(self) -> "ItemField":
        if self.computed and self.kind not in (FieldKind.MONEY, FieldKind.INTEGER):
            raise PydanticCustomError("computed_and_number", "computed goes with kind money or integer")
        if self.computed and (self.required or self.default is not None or self.bounded):
            raise PydanticCustomError("computed_alone", "nobody fills in what is computed")
        return self

    @property
    def bounded(self) -> bool:
        return self.minimum is not None or self.maximum is not None


def is_wanted(field: ItemField, values: Mapping[str, Any]) -> bool:
    """Whether `field` has to be filled in, where the others of its form or row say `values`."""
    given = ((choices, answer(values.get(name))) for name, choices in field.required_when.items())
    return field.required or any(value in choices for choices, value in given)


def answer(value: Any) -> Any:
    """What was chosen, as conditions name it: `yes` or `no` of a `boolean`."""
    return _YES_NO[value] if isinstance(value, bool) else value


_YES_NO = {True: "yes", False: "no"}


class Requirement(StrEnum):
    """What must hold before an item may be done; checked by `domain/rules/agenda.py`."""

    IDENTITY_VALID = "identity_valid"
    """Every citizen who has been admitted has a valid identity (law: RDL 6/2023 art. 60)."""
    OATH_TAKEN = "oath_taken"
    """The person whom the item is about has taken the oath; where it does not say whom, anybody has."""
    WARNINGS_GIVEN = "warnings_given"
    SETTLEMENT_RECORDED = "settlement_recorded"
    OUTCOME_RECORDED = "outcome_recorded"


class Tally(Value):
    """A choice that follows from two numbers of the same item."""

    field: str
    choice: str
    """It is chosen when `more` is higher than `than`, and then alone."""
    more: str
    than: str
    tie: str | None = None
    """A field of kind `boolean` that settles it when both are equal; without it, equal is not more."""
    legal_basis: str = Field(min_length=3, max_length=120)

    def agrees(self, values: Mapping[str, Any]) -> bool:
        more, than = values.get(self.more), values.get(self.than)
        if more is None or than is None:
            return True
        settled = self.tie is not None and values.get(self.tie) is True
        return (values.get(self.field) == self.choice) == (more > than or (more == than and settled))


class Asks(StrEnum):
    """What can be asked of a system outside from what an item says."""

    CRIMINAL_RECORD = "criminal_record"


class AgendaItemType(Value):
    """One file of `agenda_types/`: what may stand on an agenda."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9]{1,9}$")
    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,49}$")
    verb: Verb
    titles: Texts
    help: Texts | None = None
    fields: tuple[ItemField, ...] = ()
    requires: tuple[Requirement, ...] = ()
    repeatable: bool = True
    in_minutes: InMinutes = InMinutes.FULL
    minutes: Texts | None = None
    """A jinja2 sentence for the minutes over `item` and `people`; without it the fields are listed."""
    visible_to: tuple[str, ...] = ()
    """Role codes that may read what was filled in; empty means everybody in the room."""
    legal_basis: tuple[str, ...] = ()
    about: str | None = Field(default=None, exclude_if=lambda name: name is None)
    """The field that names the one person whom the item is about: requirements are asked of that person."""
    also_about: tuple[str, ...] = Field(default=(), exclude_if=lambda names: not names)
    """Fields with further people, each another one: all are there, and whoever swears in this type has sworn."""
    asks: Asks | None = Field(default=None, exclude_if=lambda asks: asks is None)
    """What may be asked from it while it is open; what comes back is for those of `visible_to` alone."""
    void_when: dict[str, tuple[str, ...]] = Field(default_factory=dict, exclude_if=lambda void: not void)
    """Field -> the choices with which the item, though done, gives nothing: a refused oath is not taken."""

    tallies: tuple[Tally, ...] = Field(default=(), exclude_if=lambda tallies: not tallies)
    """Choices that the numbers beside them make right or wrong: a vote of two to two carries nothing."""

    decided: tuple[Decision, ...] = Field(default=(), exclude_if=lambda decided: not decided)
    """Choices that follow from the rest of the item, by rows of conditions."""

    def is_void(self, values: Mapping[str, Any]) -> bool:
        return any(values.get(field) in choices for field, choices in self.void_when.items())

    def field(self, name: str) -> ItemField | None:
        return next((field for field in self.fields if field.name == name), None)
