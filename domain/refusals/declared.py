"""What a refusal is before anybody raises it: its code, its HTTP status, who can settle it, what its words tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Settler(StrEnum):
    """Who has to do something, so that the same can be done after all."""

    CALLER = "caller"
    """Whoever asked: by correcting it, or by doing something else first."""
    STAFF = "staff"
    """Somebody of the body or the office."""
    OPERATOR = "operator"
    """Whoever runs the platform."""
    NOBODY = "nobody"
    """It passes by itself, or is final."""


CALLER, STAFF, OPERATOR, NOBODY = Settler


@dataclass(frozen=True)
class Declared:
    code: str
    status: int
    """The HTTP status with which it is answered."""
    settled_by: Settler
    params: frozenset[str]
    """Names of what its words may tell."""


_KNOWN: dict[str, Declared] = {}
REGISTRY: Mapping[str, Declared] = MappingProxyType(_KNOWN)
"""Every declared refusal by code, once `domain.refusals` is imported."""


def declare(code: str, status: int, settled_by: Settler, *params: str) -> Declared:
    """Raises `ValueError` for a code that is declared already."""
    if code in _KNOWN:
        raise ValueError(f"{code} is declared twice")
    _KNOWN[code] = Declared(code, status, settled_by, frozenset(params))
    return _KNOWN[code]
