"""What the form of a page said, before it is a command."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from domain.commands import Author
from domain.procedure.state import Procedure


@dataclass(frozen=True)
class FormInput:
    """What one form said, and in what situation."""

    form: FormData
    procedure: Procedure
    author: Author
    pin_key: bytes
    whereabouts: Mapping[str, Any]
    """The fields `office`, `place` and `device` of an arrival."""
    zone: str
    """The legal time of the office that holds it (IANA name): dates are typed in it."""

    def field(self, name: str) -> str:
        value = self.form.get(name)
        return value.strip() if isinstance(value, str) else ""

    @property
    def participant(self) -> str:
        """Whom it is about: the person named in the form, or whoever asks."""
        return self.field("participant") or str(self.author.participant or "")
