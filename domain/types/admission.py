"""On what an act may be held and between whom: what is declared when it is asked for, and what excludes it."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from domain.base import Texts, Value
from domain.types.item_type import AgendaItemType, answer
from domain.types.vocabulary import BodyKind, TermDays

LegalBasis = Annotated[str, Field(min_length=3, max_length=120)]
Answers = dict[str, tuple[str, ...]]
Amounts = dict[str, int]


class ExclusionRule(Value):
    """It excludes the act once everything that it names holds of what was declared."""

    when: Answers = Field(default={}, exclude_if=lambda answers: not answers)
    """Field -> the choices, or `yes` or `no`, with which it holds."""
    at_least: Amounts = Field(default={}, exclude_if=lambda amounts: not amounts)
    """Field of kind `money` or `integer` -> the amount from which on it holds."""
    below: Amounts = Field(default={}, exclude_if=lambda amounts: not amounts)
    """Field of kind `money` or `integer` -> the amount up to which it holds, that amount left out."""
    bodies: tuple[BodyKind, ...] = Field(default=(), exclude_if=lambda kinds: not kinds)
    """Kinds of bodies before which alone it holds; empty: before any."""
    legal_basis: LegalBasis
    instead: Texts
    """What can be done instead, told to whoever is refused."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it asks, once."""
        return tuple(dict.fromkeys((*self.when, *self.at_least, *self.below)))

    def holds(self, values: Mapping[str, Any], body: BodyKind | None) -> bool:
        """An amount that nobody declared is neither high nor low."""
        return (
            (not self.bodies or body in self.bodies)
            and all(answer(values.get(field)) in choices for field, choices in self.when.items())
            and all(_amount(values, field, lowest=lowest) for field, lowest in self.at_least.items())
            and all(_amount(values, field, under=under) for field, under in self.below.items())
        )

    def said(self, kind: AgendaItemType, values: Mapping[str, Any], language: str) -> str:
        """What was declared of the fields that it asks, in words."""
        told = ((field, values.get(field.name)) for field in kind.fields if field.name in self.fields)
        return "; ".join(
            field.options[value].in_language(language)
            if value in field.options
            else f"{field.titles.in_language(language)}: {value}"
            for field, value in told
        )


class NeededRole(Value):
    """With such an answer the law wants somebody of each of `roles` to be summoned."""

    when: Answers = Field(min_length=1)
    """Field -> the choices, or `yes` or `no`, with which it holds."""
    roles: tuple[str, ...] = Field(min_length=1)
    legal_basis: LegalBasis

    def holds(self, values: Mapping[str, Any]) -> bool:
        return all(answer(values.get(field)) in choices for field, choices in self.when.items())


class AdmissionTerm(Value):
    """Where the day in `field` is declared, the act is held no later than so many days after it."""

    field: str
    length: timedelta
    days: TermDays
    legal_basis: LegalBasis


class Admission(Value):
    """Whoever asks for the act fills in `item`; while the act lasts it can be noted anew, with what turns out."""

    item: str
    """Code of an allowed item: its fields are what has to be declared."""
    excluded: tuple[ExclusionRule, ...] = Field(min_length=1)
    needs: tuple[NeededRole, ...] = Field(default=(), exclude_if=lambda rules: not rules)
    held_within: AdmissionTerm | None = Field(default=None, exclude_if=lambda term: term is None)
    bars: tuple[str, ...] = Field(min_length=1)
    """Codes of items that are opened no more once something that excludes the act is noted."""
    ends_as: tuple[str, ...] = ()
    """Outcomes with which it may end then; without any it can only be called off."""
    legal_basis: LegalBasis


def _amount(values: Mapping[str, Any], field: str, *, lowest: int | None = None, under: int | None = None) -> bool:
    value = values.get(field)
    if value is None:
        return False
    amount = Decimal(str(value))
    return (lowest is None or amount >= lowest) and (under is None or amount < under)
