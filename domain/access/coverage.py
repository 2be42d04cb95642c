"""Of which procedures of its Administration a regional system asks and is told: by office and by type."""

from collections.abc import Collection
from typing import Annotated

from pydantic import Field

from domain.base import Value
from domain.ids import OfficeId

Offices = Annotated[tuple[OfficeId, ...], Field(min_length=1, max_length=500)]
Types = Annotated[tuple[Annotated[str, Field(max_length=60)], ...], Field(min_length=1, max_length=200)]


class Coverage(Value):
    offices: Offices | None = None
    """A procedure is covered that is held at one of these, or in which somebody appears from one. None: every one."""
    types: Types | None = None
    """Ids of procedure types, of whatever version. None: every one."""

    def covers_offices(self, offices: Collection[str]) -> bool:
        return self.offices is None or not set(self.offices).isdisjoint(offices)

    def covers_type(self, type: str) -> bool:
        return self.types is None or type in self.types


EVERYTHING = Coverage()
