"""What is shipped, read once for all tests of a process: it takes a tenth of a second, and nothing changes it."""

from functools import cache

import agenda_types
import procedure_types
import territories
from domain.ids import AdministrationId
from domain.types.procedure_type import ResolvedType
from domain.types.territory import Administration


@cache
def _types() -> dict[str, ResolvedType]:
    items = agenda_types.load()
    return {id: procedure_types.resolve(kind, items) for id, kind in procedure_types.load(items=items).items()}


@cache
def _administrations() -> dict[AdministrationId, Administration]:
    return dict(territories.load())


def shipped_types() -> dict[str, ResolvedType]:
    """Every type with its items, by its code, in a dictionary of the caller's own."""
    return dict(_types())


def shipped_administrations() -> dict[AdministrationId, Administration]:
    """Every Administration, in a dictionary of the caller's own."""
    return dict(_administrations())
