"""What an operator watches in the register: procedures in trouble, by id and code and nothing else.

A port, implemented by `adapters/postgres/watching.py`; every method may raise `TryAgain`.
"""

from typing import Protocol

from pydantic import AwareDatetime

from domain.base import Value
from domain.ids import AdministrationId, ProcedureId
from domain.types.vocabulary import Stage


class Troubled(Value):
    """One procedure whose automatic step cannot go on, as its journal says."""

    procedure: ProcedureId
    stage: Stage
    trouble: str
    """The code of what went wrong."""
    since: AwareDatetime


class Watching(Protocol):
    async def troubled(self, administration: AdministrationId | None = None) -> tuple[Troubled, ...]:
        """Those in trouble now, the oldest first; of every Administration by default."""
