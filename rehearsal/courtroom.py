"""Where scripted people act."""

from datetime import datetime
from typing import Protocol

from domain.commands import Command, Receipt
from domain.ids import ParticipantId
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

    async def joins(self, participant: ParticipantId) -> None:
        """The media see that person come; returns once the record says so."""

    def now(self) -> datetime: ...
