"""A signed document is entered in a register outside: asked for, entered, refused, answered wrongly."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from domain.base import Value
from domain.events.base import Event
from domain.ids import Sha256
from domain.journal.chain import Stamp
from domain.procedure.agenda import Prefilled
from domain.procedure.documents import CaseDocument
from domain.procedure.register_entries import RegisterEntry
from domain.procedure.state import Procedure
from domain.types.document_plan import Register
from domain.types.vocabulary import ItemState


class RegisterEntryRequested(Event):
    """Everybody signed it: exactly these bytes are to be entered, under this id."""

    id: str
    document: str
    where: Register
    noted_in: str
    sha256: Sha256

    def subjects(self) -> tuple[str, ...]:
        return (self.sha256,)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        entry = RegisterEntry(**dict(self), requested_at=stamp.at)
        return procedure.but(register_entries=(*procedure.register_entries, entry))


class _OfEntry(Value):
    id: str

    def _changed(self, procedure: Procedure, **changes: object) -> Procedure:
        entries = tuple(one.but(**changes) if one.id == self.id else one for one in procedure.register_entries)
        return procedure.but(register_entries=entries)


class RegisterEntryMade(_OfEntry, Event):
    """The register has taken it; its receipt is in the file. The item that notes it comes filled in."""

    register_name: str
    """As the register calls itself."""
    number: str
    recorded_at: datetime
    valid_until: date | None = Field(default=None, exclude_if=lambda day: day is None)
    """Where what is entered ends by itself."""
    stands: str | None = Field(default=None, exclude_if=lambda said: said is None)
    """Of what ends something that stood there: what the register said of it when it was asked afterwards."""
    receipt: CaseDocument

    def subjects(self) -> tuple[str, ...]:
        brought = (file.content.sha256 for file in self.receipt.brought)
        return tuple(dict.fromkeys((self.receipt.original.sha256, *brought)))

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        made = self.model_dump(include={"register_name", "number", "recorded_at", "valid_until", "stands"})
        changed = self._changed(procedure, **made, receipt=self.receipt.id, trouble=None)
        changed = changed.but(documents=(*changed.documents, self.receipt))
        noted_in = next(one.noted_in for one in changed.register_entries if one.id == self.id)
        for item in changed.agenda:
            if item.code == noted_in and item.state is not ItemState.DONE and not item.values:
                known = Prefilled(values=self._known(changed, noted_in), by=self.register_name)
                changed = changed.with_item(item.but(prefilled=known))
        return changed

    def _known(self, procedure: Procedure, code: str) -> dict[str, Any]:
        told = {"register": self.register_name, "number": self.number, "by_machine": True}
        fields = procedure.type.item(code)
        return {name: value for name, value in told.items() if fields.field(name)}


class RegisterEntryRefused(_OfEntry, Event):
    """The register does not take it and says why: whoever holds the act puts it right, or has it entered by hand."""

    code: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, refused=self.code, trouble=None)


class RegisterEntryTroubled(_OfEntry, Event):
    """What the register answered is of no use; it is asked on, and has entered it once at the most."""

    code: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, trouble=self.code)
