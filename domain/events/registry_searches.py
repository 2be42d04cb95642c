"""An entry is looked for in a register outside: asked for, answered, withheld, answered wrongly."""

from datetime import datetime
from typing import Any

from pydantic import Field

from domain.base import Value
from domain.events.base import Event
from domain.journal.chain import Stamp
from domain.procedure.agenda import Prefilled
from domain.procedure.registry_searches import Detail, RegistrySearch
from domain.procedure.state import Procedure
from domain.types.document_plan import Register
from domain.types.vocabulary import ItemState


class RegistrySearchRequested(Event):
    """The application is signed: what it asks about is looked for, under this id."""

    id: str
    document: str
    where: Register
    noted_in: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        search = RegistrySearch(**dict(self), requested_at=stamp.at)
        return procedure.but(registry_searches=(*procedure.registry_searches, search))


class _OfSearch(Value):
    id: str

    def _changed(self, procedure: Procedure, **changes: object) -> Procedure:
        searches = tuple(one.but(**changes) if one.id == self.id else one for one in procedure.registry_searches)
        return procedure.but(registry_searches=searches)


class RegistrySearchAnswered(_OfSearch, Event):
    """So many entries fit. What stands in the one that does fills in the item that tells it."""

    register_name: str
    reference: str
    searched_at: datetime
    found: int = Field(ge=0)
    number: str | None = Field(default=None, exclude_if=lambda number: number is None)
    details: tuple[Detail, ...] = Field(default=(), exclude_if=lambda details: not details)

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        told = self.model_dump(include={"register_name", "reference", "searched_at", "found", "number"})
        changed = self._changed(procedure, **told, trouble=None)
        noted_in = next(one.noted_in for one in changed.registry_searches if one.id == self.id)
        for item in changed.agenda if self.details else ():
            if item.code == noted_in and item.state is not ItemState.DONE and not item.values:
                known = Prefilled(values=self._known(changed, noted_in), by=self.register_name)
                changed = changed.with_item(item.but(prefilled=known))
        return changed

    def _known(self, procedure: Procedure, code: str) -> dict[str, Any]:
        rows = [one.model_dump() for one in self.details]
        told = {"registry": f"{self.register_name}, {self.number}", "entries": rows}
        fields = procedure.type.item(code)
        return {name: value for name, value in told.items() if fields.field(name)}


class RegistrySearchRefused(_OfSearch, Event):
    """The registry does not tell it, and says why."""

    code: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, refused=self.code, trouble=None)


class RegistrySearchTroubled(_OfSearch, Event):
    """What the registry answered is of no use; it is asked on."""

    code: str

    def change(self, procedure: Procedure, stamp: Stamp) -> Procedure:
        return self._changed(procedure, trouble=self.code)
