"""How this installation is: each server asked at once with its own time, and the procedures that cannot go on.

Everybody may learn whether it serves. Which procedures stand still is for the administrators of their Administration.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Literal, TypeVar

from temporalio.client import Client, WorkflowExecution
from temporalio.common import SearchAttributeKey
from temporalio.service import RPCError

from api.ports import Ports
from api.services.patience import within
from domain.access.watching import Troubled
from domain.base import Value
from domain.errors import TryAgain
from domain.ids import AdministrationId, ProcedureId, procedure_of
from domain.interpreter import Interpreter, interpreter
from domain.journal.anchoring import AnchoringState

ANSWERS_WITHIN = 1.5
"""Seconds that each server is given; all are asked at once, so that the whole answer takes less than two."""

MOST_STUCK = 200

PROBLEMS = SearchAttributeKey.for_keyword_list("TemporalReportedProblems")
"""The engine's own mark of a workflow whose tasks fail again and again; it goes when one succeeds."""
TROUBLE = SearchAttributeKey.for_keyword("EstradoTrouble")
"""Our mark of a procedure whose journal refuses to be written: what else could tell it is that journal."""
FAILING = f"({PROBLEMS.name} IS NOT NULL OR {TROUBLE.name} IS NOT NULL)"

Answer = TypeVar("Answer")

State = Literal["ok", "degraded", "down"]

INDISPENSABLE = frozenset({"database"})
"""Without it nobody can even sign in; without another server some acts wait."""


class Health(Value):
    status: State
    """`degraded`: something waits. `down`: nothing can be done here."""
    servers: dict[str, Literal["ok", "away"]]


class StuckProcedure(Value):
    """Its workflow fails to run, or its journal refuses to be written (see `docs/operations.md`)."""

    procedure: ProcedureId
    problems: tuple[str, ...]


class Condition(Value):
    """Everything that an administrator looks after."""

    health: Health
    stuck: tuple[StuckProcedure, ...] | None
    """None: the engine does not say."""
    troubled: tuple[Troubled, ...] | None
    """None: the database does not say."""
    anchoring: AnchoringState | None
    python: Interpreter
    """What runs the api, and whether it lacks security mends."""


async def health_of(probes: Mapping[str, Callable[[], Awaitable[object]]]) -> Health:
    """Every server, asked now."""

    async def asked(name: str) -> tuple[str, Literal["ok", "away"]]:
        try:
            await within(ANSWERS_WITHIN, probes[name]())
        except Exception:
            return name, "away"
        return name, "ok"

    servers = dict(await asyncio.gather(*map(asked, probes)))
    away = {name for name, state in servers.items() if state == "away"}
    return Health(status="down" if away & INDISPENSABLE else "degraded" if away else "ok", servers=servers)


async def condition_of(ports: Ports, administration: AdministrationId) -> Condition:
    """What stands still in that Administration, and why. Raises nothing: what does not answer is None."""
    health, stuck, troubled, anchoring = await asyncio.gather(
        health_of(ports.probes),
        _in_time(_stuck(ports.temporal, administration)),
        _in_time(ports.watching.troubled(administration)),
        _in_time(ports.batches.waiting()),
    )
    worse = health.status == "ok" and bool(stuck or troubled or (anchoring and anchoring.code))
    return Condition(
        health=health.but(status="degraded") if worse else health,
        stuck=stuck,
        troubled=troubled,
        anchoring=anchoring,
        python=interpreter(sys.version_info[:3]),
    )


async def _in_time(answer: Awaitable[Answer]) -> Answer | None:
    try:
        return await within(ANSWERS_WITHIN, answer)
    except (TryAgain, RPCError, RuntimeError, TimeoutError):
        return None


async def _stuck(client: Client, administration: AdministrationId) -> tuple[StuckProcedure, ...]:
    query = f"ExecutionStatus = 'Running' AND EstradoAdministration = '{administration}' AND {FAILING}"
    found = client.list_workflows(query, limit=MOST_STUCK, rpc_timeout=timedelta(seconds=ANSWERS_WITHIN))
    return tuple([_problems_of(one) async for one in found])


def _problems_of(one: WorkflowExecution) -> StuckProcedure:
    marks = one.typed_search_attributes
    refused = marks.get(TROUBLE)
    return StuckProcedure(
        procedure=procedure_of(one.id),
        problems=(*(marks.get(PROBLEMS) or ()), *((refused,) if refused else ())),
    )
