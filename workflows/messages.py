"""What goes in and out of a procedure's workflow besides the commands of `domain/commands.py`."""

from domain.base import Value
from domain.commands import Receipt
from domain.events.summons import ProcedureRequested
from domain.journal.chain import ChainHead
from domain.ports import RoomFact
from domain.procedure.state import Procedure

__all__ = ["Carried", "HoldProcedure", "Outcome", "Progress", "RoomFact"]


class Carried(Value):
    """What crosses from one run to the next when a workflow continues as new."""

    procedure: Procedure
    head: ChainHead
    seed: str
    receipts: dict[str, Receipt]
    """Answers already given, by command id: a repeated command gets the same answer in every run."""


class HoldProcedure(Value):
    """Start one procedure, or carry it on."""

    request: ProcedureRequested | None = None
    author: str = "system"
    carried: Carried | None = None
    build: str = "dev"


class Outcome(Value):
    stage: str
    outcome: str | None
    seq: int


class Progress(Value):
    """What the console sees: the state, and the number of the last event it contains."""

    procedure: Procedure
    seq: int
