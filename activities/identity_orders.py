"""What the activities of identification are asked for."""

from datetime import datetime

from activities.orders import OnProcedure
from domain.ids import ParticipantId
from domain.ports.identity import Attempt
from domain.procedure.people import PosedStill


class BeginOrder(OnProcedure):
    participant: ParticipantId
    mechanism: str
    reference: str
    at: datetime


class CompleteOrder(OnProcedure):
    participant: ParticipantId
    mechanism: str
    reference: str
    attempt: Attempt


class AdviseOrder(OnProcedure):
    participant: ParticipantId
    mechanism: str
    reference: str
    stills: tuple[PosedStill, ...]
    at: datetime | None = None
    """None in what a worker of an earlier version asked for: now."""
