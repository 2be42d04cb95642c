"""What makes an act valid, declared in its type: who must be there, who presides, what comes first, what an end needs.

Every line names the article that forces it; the rules that ask them are in `domain/rules/validity.py`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from domain.base import Texts, Value
from domain.types.admission import Admission, Answers
from domain.types.item_type import answer
from domain.types.vocabulary import BodyKind, StaffRole

LegalBasis = Annotated[str, Field(min_length=3, max_length=120)]


class Presiding(Value):
    """The one role that rules and ends the session."""

    role: str
    legal_basis: LegalBasis


class SeatRule(Value):
    """Where that was declared, the seat of `role` is for fewer accounts than its `account_roles` say."""

    role: str
    account_roles: tuple[StaffRole, ...] = Field(min_length=1)
    when: Answers = Field(min_length=1)
    """Field of the declaration (`admission`) -> the answers with which it holds."""
    legal_basis: LegalBasis

    def holds(self, role: str, declared: Mapping[str, Any]) -> bool:
        """`declared`: on what the act is held and between whom, as it was noted last."""
        return role == self.role and _answered(self.when, declared)


class Place(StrEnum):
    """From where somebody takes part."""

    OFFICE = "office"
    COURT = "court"
    OWN_DEVICE = "own_device"


class PlaceRule(Value):
    """People of `roles` take part from `places` alone."""

    roles: tuple[str, ...] = Field(min_length=1)
    places: tuple[Place, ...] = Field(min_length=1)
    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Field of the declaration (`admission`) -> the answers with which it holds; empty: with any."""
    checked: bool = Field(default=False, exclude_if=lambda checked: not checked)
    """At an office, its staff fill in the checklist of a secure place before they are let in."""
    legal_basis: LegalBasis
    instead: Texts
    """Where they can take part, told to whoever is refused."""

    def holds(self, role: str, declared: Mapping[str, Any]) -> bool:
        return role in self.roles and _answered(self.when, declared)


class PresenceRule(Value):
    """Somebody of each of `roles` is in the room."""

    roles: tuple[str, ...] = Field(min_length=1)
    items: tuple[str, ...] = ()
    """Codes of the items for which it matters; without any, for the whole act and its end."""
    half: bool = Field(default=False, exclude_if=lambda half: not half)
    """A quorum: at least half of all the people who have any of `roles`, instead of somebody of each."""
    legal_basis: LegalBasis


class ApartRule(Value):
    """Two people of `roles` are never in the room at the same time."""

    roles: tuple[str, ...] = Field(min_length=1)
    until: str | None = Field(default=None, exclude_if=lambda code: code is None)
    """Code of the item after which, once nobody has it before them, they may meet; without it, never."""
    legal_basis: LegalBasis


class SwornRule(Value):
    """Everybody of `roles` who is in the room has sworn or promised before any of `items` is opened."""

    roles: tuple[str, ...] = Field(min_length=1)
    items: tuple[str, ...] = Field(min_length=1)
    legal_basis: LegalBasis


class BesideRule(Value):
    """Whoever an item says helps somebody is there by image and sound while that person is dealt with."""

    item: str
    """Code of the item that says who helps whom: of an interpreter, of whoever supports a minor."""
    helper: str
    """Its field of kind `participant` that names who helps."""
    helped: str
    """Its field of kind `participant` that names who is helped."""
    items: tuple[str, ...] = Field(min_length=1)
    """Codes of the items in which they are needed."""
    legal_basis: LegalBasis


class OrderRule(Value):
    """`first` is done, or left out with its reason, before any of `then` is opened."""

    first: str
    then: tuple[str, ...] = Field(min_length=1)
    legal_basis: LegalBasis


class AnswerRule(Value):
    """In `item`, `field` is one of `choices`: a justice of the peace gives orders, and no decrees."""

    item: str
    field: str
    choices: tuple[str, ...] = Field(min_length=1)
    bodies: tuple[BodyKind, ...] = Field(default=(), exclude_if=lambda kinds: not kinds)
    """Kinds of bodies before which it holds; empty: before any."""
    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Field of the declaration (`admission`) -> the answers with which alone it holds; empty: with any."""
    legal_basis: LegalBasis

    def holds(self, item: str, body: BodyKind | None, declared: Mapping[str, Any]) -> bool:
        """`declared`: on what the act is held and between whom, as it was noted last."""
        return item == self.item and (not self.bodies or body in self.bodies) and _answered(self.when, declared)


class FilledRule(Value):
    """In `item`, `fields` are filled in, though the item leaves them open: an order gives its grounds."""

    item: str
    fields: tuple[str, ...] = Field(min_length=1)
    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Another field of the item -> the answers with which it holds; empty: with any."""
    legal_basis: LegalBasis

    def holds(self, item: str, values: Mapping[str, Any]) -> bool:
        return item == self.item and _answered(self.when, values)


class OutcomeRule(Value):
    """What must be true for the session to end so."""

    outcome: str
    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Field of the declaration (`admission`) -> the answers with which it holds; empty: with any."""
    done: tuple[str, ...] = ()
    """Codes of items that have been done."""
    without: tuple[str, ...] = ()
    """Codes of items that say the contrary."""
    not_all: tuple[str, ...] = Field(default=(), exclude_if=lambda codes: not codes)
    """Codes of items that say the contrary once everybody who came has done their own: both spouses have ratified."""
    signed: tuple[str, ...] = ()
    """Codes of documents that exist, each signed by everybody of its plan who appeared."""
    appeared: tuple[str, ...] = ()
    """Roles of which somebody appeared."""
    entered: tuple[str, ...] = Field(default=(), exclude_if=lambda documents: not documents)
    """Codes of documents that their register has taken or is being asked to take; where it refuses one, the item in
    which the entry is noted is done."""
    searched: tuple[str, ...] = Field(default=(), exclude_if=lambda documents: not documents)
    """Codes of documents that were looked for in their register, which withheld nothing; where it did not answer, or
    has several, the item that tells what stands there is done."""
    legal_basis: LegalBasis

    @property
    def contrary(self) -> tuple[str, ...]:
        """Every item that says the contrary, done at all or done by all."""
        return (*self.without, *self.not_all)

    def holds(self, declared: Mapping[str, Any]) -> bool:
        return _answered(self.when, declared)


class Validity(Value):
    admission: Admission | None = Field(default=None, exclude_if=lambda admission: admission is None)
    """On what it may be held and between whom."""
    presides: Presiding | None = None
    seats: tuple[SeatRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """Who alone may have a seat of the authority, by what was declared."""
    places: tuple[PlaceRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """From where alone somebody may take part, by what was declared."""
    presence: tuple[PresenceRule, ...] = ()
    apart: tuple[ApartRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    sworn: tuple[SwornRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """Whose oath their office wants before they act in it: an interpreter's, an expert's."""
    beside: tuple[BesideRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """Who is linked with whom, and when the one is not dealt with without the other."""
    order: tuple[OrderRule, ...] = ()
    answers: tuple[AnswerRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """Choices of an item that the law allows in this type, of all that the item offers."""
    filled: tuple[FilledRule, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    """What has to be filled in here, of what an item leaves open."""
    outcomes: tuple[OutcomeRule, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Validity()

    @property
    def roles(self) -> set[str]:
        """Every role that is named."""
        named = {role for rule in self.presence for role in rule.roles}
        named |= {role for rule in self.apart for role in rule.roles}
        named |= {role for rule in self.sworn for role in rule.roles}
        named |= {role for rule in self.outcomes for role in rule.appeared}
        named |= {rule.role for rule in self.seats} | {role for rule in self.places for role in rule.roles}
        named |= {role for rule in (self.admission.needs if self.admission else ()) for role in rule.roles}
        return named | ({self.presides.role} if self.presides else set())

    @property
    def documents(self) -> set[str]:
        return {document for rule in self.outcomes for document in (*rule.signed, *rule.entered)}

    def of_outcome(self, outcome: str) -> tuple[OutcomeRule, ...]:
        return tuple(rule for rule in self.outcomes if rule.outcome == outcome)


def _answered(when: Answers, declared: Mapping[str, Any]) -> bool:
    return all(answer(declared.get(field)) in choices for field, choices in when.items())
