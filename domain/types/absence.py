"""What it means that somebody has not come when the term for it passes, and for whom: declared in the type."""

from collections.abc import Collection
from enum import StrEnum

from pydantic import Field

from domain.base import Value
from domain.types.vocabulary import Family


class AbsenceEffect(StrEnum):
    """Law: no clock decides it (LJV art. 144.2 and 144.4, just cause is heard; RDL 6/2023 art. 56.4).

    With the first three the act stops, and whoever holds it is told what may follow.
    """

    NO_SHOW = "no_show"
    """That the act be recorded as not held, with who was missing."""
    CANCEL = "cancel"
    """That the act be called off, for the reason that the line names."""
    INTERRUPT = "interrupt"
    """Nothing in particular."""
    WAIT = "wait"
    """Nothing follows by itself: who is there may be heard."""


class AbsenceRule(Value):
    """One line: the first one that names a missing role says what happens."""

    roles: tuple[str, ...] = Field(min_length=1)
    effect: AbsenceEffect
    reason: str | None = Field(default=None, pattern=r"^[a-z][a-z_]{2,39}$")
    """For `cancel`: its code, as the journal keeps it."""
    legal_basis: str | None = None


AS_IN_0_1: dict[Family, tuple[AbsenceRule, ...]] = {
    Family.ADR: (AbsenceRule(roles=("applicant",), effect=AbsenceEffect.CANCEL, reason="applicant_absent"),),
    Family.HEARING: (AbsenceRule(roles=("*",), effect=AbsenceEffect.INTERRUPT),),
    Family.CIVIL_REGISTRY: (AbsenceRule(roles=("*",), effect=AbsenceEffect.NO_SHOW),),
    Family.VICTIM_ASSISTANCE: (AbsenceRule(roles=("*",), effect=AbsenceEffect.CANCEL, reason="not_held"),),
}
"""Of procedures that began when a type could not say it yet: they are open still."""


def rule_for(rules: Collection[AbsenceRule], family: Family, absent: Collection[str]) -> AbsenceRule | None:
    """The rule for a set of missing roles; None when nothing follows from it."""
    for rule in rules or AS_IN_0_1.get(family, ()):
        if "*" in rule.roles or set(rule.roles) & set(absent):
            return rule
    return None
