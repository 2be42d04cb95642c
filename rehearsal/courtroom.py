"""Where scripted people act."""

from datetime import datetime
from typing import Protocol

from domain.commands import Command, Receipt
from domain.procedure.documents import DocumentRef
from domain.procedure.state import Procedure
from domain.types.vocabulary import Stage


class Courtroom(Protocol):
    """How actors reach the procedure: straight to the workflow, or through the API."""

    async def perform(self, command: Command) -> Receipt: ...

    async def procedure(self) -> Procedure: ...

    async def reaches(self, *stages: Stage) -> Procedure:
        """Wait until the procedure is at one of `stages`."""

    async def proof(self, challenge: str) -> str:
        """What entering the PIN of that challenge sends."""

    async def upload(self, content: bytes) -> DocumentRef: ...

    def now(self) -> datetime: ...
