"""What goes in and out of a procedure's workflow besides the commands of `domain/commands.py`."""

from domain.base import Value
from domain.commands import Receipt
from domain.events.summons import ProcedureRequested
from domain.ids import ProcedureId
from domain.journal.chain import ChainHead
from domain.ports.media import RoomFact
from domain.procedure.state import Procedure
from domain.reading import Progress

__all__ = ["Carried", "Continued", "HoldProcedure", "Outcome", "Progress", "RoomFact"]


class Carried(Value):
    """What crossed from one run to the next up to version 0.1: the whole state. Runs that began so are open still."""

    procedure: Procedure
    head: ChainHead
    seed: str
    receipts: dict[str, Receipt]


class Continued(Value):
    """What crosses from one run to the next: where the journal stands. The state is read back from the journal."""

    procedure: ProcedureId
    head: ChainHead
    receipts: dict[str, Receipt]
    """The last answers given, by command id: a repeated command gets the same answer in the next run."""


class HoldProcedure(Value):
    """Start one procedure, or go on with it."""

    request: ProcedureRequested | None = None
    author: str = "system"
    carried: Carried | None = None
    continued: Continued | None = None
    build: str = "dev"
    """Of the process that asked for the procedure: names the software where a worker has no build id."""


class Outcome(Value):
    stage: str
    outcome: str | None
    seq: int
