"""A regional system that asks with its key."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.access.permissions import CallerKind
from domain.access.api_keys import EVIDENCE, ApiKey


@dataclass(frozen=True)
class Machine:
    key: ApiKey
    id_keys: Sequence[bytes] = field(default=(), repr=False)
    """Of the ids of procedures: they tell which of them a system asked for."""

    @property
    def kinds(self) -> frozenset[CallerKind]:
        kind = CallerKind.CASE_SYSTEM if EVIDENCE in self.key.scopes else CallerKind.REGIONAL_SYSTEM
        return frozenset({kind, CallerKind.ANYONE})

    @property
    def ref(self) -> str:
        return self.key.id
