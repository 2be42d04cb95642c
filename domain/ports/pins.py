"""One-time PINs."""

from datetime import datetime
from typing import Protocol

from domain.base import Value
from domain.ids import ParticipantId, ProcedureId


class PinAnswer(Value):
    correct: bool
    left: int
    """Attempts that remain."""


class PinChallenges(Protocol):
    """One-time PINs: hash only, five minutes, three tries, counted before comparing (F-52)."""

    async def open(
        self,
        challenge: str,
        procedure: ProcedureId,
        participant: ParticipantId,
        purpose: str,
        expires_at: datetime,
    ) -> str:
        """Make (or find again) the PIN of `challenge` and return its six digits for sending."""

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        """Judge one attempt. The same `attempt` id gives the same answer and is counted once.

        Raises `Refusal('pin_expired')`, `Refusal('pin_used')`, `Refusal('pin_exhausted')`.
        """
