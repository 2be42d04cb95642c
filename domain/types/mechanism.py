"""What a mechanism of identification declares: who begins it, what it asks for, and the assurance it can claim."""

import re
from enum import StrEnum

from pydantic import Field

from domain.base import Texts, Value
from domain.types.vocabulary import Assurance

CODE = r"^[a-z][a-z0-9_]{2,39}$"


class Completer(StrEnum):
    """Who completes an identification."""

    HOST = "host"
    PERSON = "person"


class MechanismField(Value):
    """One thing that is asked for when an identification is completed."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    titles: Texts
    hints: Texts | None = None
    minimum: int = Field(default=1, ge=1)
    maximum: int = Field(default=200, ge=1, le=200)
    """Characters."""
    digits: bool = False
    """Digits only."""
    secret: bool = False
    """What is typed goes no further than the API: the mechanism gets its keyed digest (`proof_of`)."""

    def takes(self, typed: str) -> bool:
        """Whether `typed` has the length and the characters that are asked for."""
        fits = self.minimum <= len(typed) <= self.maximum
        return fits and (not self.digits or re.fullmatch(r"[0-9]+", typed) is not None)


class Elsewhere(Value):
    """The form with which a provider's page sends the browser back."""

    answer: str = Field(pattern=r"^[A-Za-z_]{1,40}$")
    """Name of the field with what the provider says."""
    relay: str = Field(pattern=r"^[A-Za-z_]{1,40}$")
    """Name of the field with what was sent along with the request."""


class Mechanism(Value):
    """The file `mechanism.yaml` of one folder of `adapters/identity/`; a case carries those that its type names."""

    code: str = Field(pattern=CODE)
    titles: Texts
    spoken: Texts
    """Within a sentence of the minutes: by which means somebody was identified."""
    assurance: Assurance
    """The highest level that it can honestly claim when it succeeds."""
    begun_by_person: bool
    """True: the person, the host or the office at their side may begin it; False: the host alone."""
    completed_by: Completer
    elsewhere: Elsewhere | None = Field(default=None, exclude_if=lambda elsewhere: elsewhere is None)
    """The browser carries a request to a provider's own page and comes back with its answer; the one field asks for
    the receipt that it is given for it."""
    still: bool = False
    """A still of the person's live picture is taken when it begins, and kept as evidence."""
    consent: bool = Field(default=False, exclude_if=lambda consent: not consent)
    """The person alone begins it: that is their explicit consent to what `before` says (GDPR art. 9.2.a)."""
    poses: dict[str, Texts] = Field(default={}, exclude_if=lambda poses: not poses)
    """By code: what the person is told while a still is taken of it. Which ones, and in what order, it draws itself."""
    advice: dict[str, Texts] = Field(default={}, exclude_if=lambda advice: not advice)
    """By code: what it may tell whoever decides, once every still is taken. It decides nothing."""
    before: Texts
    """What the person is told until it begins."""
    begun: Texts
    """What the person is told once it has begun."""
    begin: Texts
    """On the button that begins it."""
    complete: Texts
    """On the button that completes it."""
    fields: tuple[MechanismField, ...] = ()
