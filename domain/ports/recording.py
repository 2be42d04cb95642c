"""What records a live room."""

from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ProcedureId, Sha256


class RecordedSoFar(Value):
    """Where the recording of a procedure stands once a part has ended."""

    lines: int
    head: Sha256
    lost: float
    ended_at: datetime


class Recorder(Protocol):
    """Records the main room of a procedure: the media of each person as they are sent. Every method may be repeated."""

    async def start(self, procedure: ProcedureId, part: int, *, sound_only: bool = False) -> datetime:
        """Record from now on, whoever comes and goes; with `sound_only` no picture of anybody.

        Raises `TryAgain` while the room cannot be reached.
        """

    async def stop(self, procedure: ProcedureId, part: int) -> RecordedSoFar:
        """End the part; return once every segment is kept. Raises `TryAgain` until it is."""

    async def end(self, procedure: ProcedureId) -> None:
        """Nothing of this procedure is recorded any more, whatever was begun."""
