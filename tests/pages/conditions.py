"""What the page of health may have to tell: all is well, much is not, little is known."""

from datetime import UTC, datetime

from api.services.health import Condition, Health, StuckProcedure
from domain.access.watching import Troubled
from domain.ids import ProcedureId
from domain.interpreter import interpreter
from domain.journal.anchoring import AnchoringState
from domain.types.vocabulary import Stage

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def conditions() -> dict[str, Condition]:
    """An installation in which all is well, one in which much is not, and one of which little is known."""
    well = Health(status="ok", servers={"engine": "ok", "database": "ok", "store": "ok"})
    waits = well.but(status="degraded", servers={"engine": "ok", "database": "ok", "store": "away"})
    dead = well.but(status="down", servers={"engine": "away", "database": "away", "store": "ok"})
    problems = ("category=WorkflowTaskFailed", "cause=WorkflowTaskFailedCauseNonDeterministicError")
    stuck = (StuckProcedure(procedure=ProcedureId("prc_" + "1" * 32), problems=problems),)
    troubled = (Troubled(procedure=ProcedureId("prc_" + "2" * 32), stage=Stage.DELIVERING, trouble="mail", since=AT),)
    idle = AnchoringState(leaves=0)
    behind = AnchoringState(leaves=12, oldest_at=AT, code="anchor_account_empty", since=AT)
    mended, old = interpreter((3, 11, 15)), interpreter((3, 11, 7))
    return {
        "well": Condition(health=well, stuck=(), troubled=(), anchoring=idle, python=mended),
        "waits": Condition(health=waits, stuck=stuck, troubled=troubled, anchoring=behind, python=old),
        "down": Condition(health=dead, stuck=None, troubled=None, anchoring=None, python=old),
    }
