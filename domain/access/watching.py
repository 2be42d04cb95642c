"""What an operator watches: procedures in trouble and evidence that waits for its anchor. Ids, codes and numbers only.

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

    async def anchors_awaited(self) -> int:
        """How many procedures have evidence whose root is on no chain yet."""
