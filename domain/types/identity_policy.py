"""Which mechanisms identify whoever is summoned, what they have to reach, and whom another rule holds for."""

from datetime import timedelta

from pydantic import Field

from domain.base import Value
from domain.types.vocabulary import Assurance


class IdentityRule(Value):
    """By which mechanisms somebody is identified, and in what order."""

    methods: tuple[str, ...] = Field(min_length=1)
    """Codes of mechanisms (`adapters/identity/`)."""
    every: bool = False
    """True: all methods are needed; False: any one that reaches `minimum` is enough."""
    instead: dict[str, tuple[str, ...]] = Field(default={}, exclude_if=lambda instead: not instead)
    """By a code of `methods`: others that the person may choose in its place."""
    minimum: Assurance

    def choices(self, method: str) -> tuple[str, ...]:
        """That one of `methods`, and what may be chosen in its place."""
        return (method, *self.instead.get(method, ()))

    @property
    def named(self) -> tuple[str, ...]:
        """Every mechanism that may be of use, once."""
        return tuple(dict.fromkeys(code for method in self.methods for code in self.choices(method)))


class RoleIdentity(IdentityRule):
    """What holds for one role instead of what holds for everybody else."""

    legal_basis: str = Field(min_length=3, max_length=120)


class IdentityPolicy(IdentityRule):
    """How a citizen is identified, and for how long."""

    lapse_after: timedelta = timedelta(seconds=30)
    """A longer gap in someone's connection makes the identity lapse (law: Cl@veJusticia rules, BOE-A-2021-9004)."""
    waiver_role: str | None = None
    """Who may let somebody in without it, with a written reason."""
    roles: dict[str, RoleIdentity] = Field(default={}, exclude_if=lambda roles: not roles)
    """By role: which mechanisms, and what assurance, of whoever has it instead."""

    def of(self, role: str) -> IdentityRule:
        """What whoever has that role is identified by."""
        return self.roles.get(role, self)

    @property
    def rules(self) -> tuple[IdentityRule, ...]:
        return (self, *self.roles.values())

    @property
    def every_named(self) -> tuple[str, ...]:
        """Every mechanism that may be of use to anybody, once."""
        return tuple(dict.fromkeys(code for rule in self.rules for code in rule.named))
