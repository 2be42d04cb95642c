"""Every order that a recorded conciliation gave, carried out once or twice each on an installation in memory."""

import inspect
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import ActivityEnvironment

import territories
from activities.orders import AnchorBatch, ClosedBatch, LookForAnchor
from activities.wiring import acts, room_acts
from adapters.memory import MemoryAccounts, MemoryRecorder, MemoryRooms, memory_installation
from bench.record_histories import histories
from bench.recording import PAPER
from domain.access.accounts import Account
from domain.ids import AccountId, AdministrationId, ProcedureId
from domain.installation import Installation
from domain.types.vocabulary import StaffRole
from tests.workflows.mechanisms import identification

CONCILIATION = "conciliation.closed"
ANEW_EACH_TIME = {"capture_still"}
"""A still is of the moment in which it is taken: taken twice, there are two."""


@dataclass(frozen=True)
class Done:
    """One act and what came of it the first and, if repeated, the second time."""

    activity: str
    owner: str
    first: Any
    second: Any


@dataclass(frozen=True)
class World:
    """An installation and everything that was done to it."""

    installation: Installation
    rooms: MemoryRooms
    done: list[Done]

    def contents(self) -> dict[str, Any]:
        """Everything that the adapters in memory hold."""
        here = self.installation
        parts = (here.journal, here.vault, here.relay, here.sms, here.codes, here.pins, here.chain, here.batches)
        return {type(part).__name__: vars(part) for part in (*parts, self.rooms)}


async def recorded() -> WorkflowHistory:
    """Of a conciliation that is held now: an older one refers to documents whose words have changed since."""
    async with aclosing(histories((CONCILIATION,))) as played:
        name, history = await anext(played)
    return WorkflowHistory.from_json(name, history)


async def carried_out(history: WorkflowHistory, times: int) -> World:
    """Every recorded order in its order, `times` times each."""
    installation, rooms = memory_installation(territories.load(), identification), MemoryRooms()
    world = World(installation, rooms, [])
    served = acts(installation)
    methods = {m.__name__: m for m in (*served.procedures, *served.crypto, *served.documents, *served.anchoring)}
    methods |= {m.__name__: m for m in room_acts(installation, rooms, MemoryRecorder(installation.recordings))}
    procedure = ProcedureId("prc_conciliation_closed")
    await installation.vault.put(procedure, PAPER, "application/pdf")
    _employ(installation)
    for name, payloads in _orders(history):
        if name == "finish_bundle":
            await _anchor(world, methods, times)
        [hint] = list(inspect.signature(methods[name], eval_str=True).parameters.values())
        [order] = pydantic_data_converter.payload_converter.from_payloads(payloads, [hint.annotation])
        await _carry_out(world, methods[name], (order,), times)
    return world


def _orders(history: WorkflowHistory) -> list[tuple[str, Any]]:
    scheduled = [event.activity_task_scheduled_event_attributes for event in history.events]
    return [(s.activity_type.name, s.input.payloads) for s in scheduled if s.activity_type.name]


async def _anchor(world: World, methods: dict[str, Callable[..., Any]], times: int) -> None:
    """What the anchoring workflow does meanwhile."""
    await _carry_out(world, methods["find_unanchored_batch"], (), times)
    await _carry_out(world, methods["close_batch"], (), times)
    closed = world.done[-1].first
    assert isinstance(closed, ClosedBatch)
    order = AnchorBatch(batch=closed.name, root=closed.root, size=closed.size, patience=timedelta(minutes=10))
    await _carry_out(world, methods["anchor_batch"], (order,), times)
    procedure = closed.procedures[0]
    await _carry_out(world, methods["look_for_anchor"], (LookForAnchor(procedure=procedure),), times)


async def _carry_out(world: World, method: Callable[..., Any], order: tuple[Any, ...], times: int) -> None:
    name = method.__name__
    first = second = await ActivityEnvironment().run(method, *order)
    if times == 2 and name not in ANEW_EACH_TIME:
        second = await ActivityEnvironment().run(method, *order)
    world.done.append(Done(name, type(method.__self__).__name__, first, second))  # type: ignore[attr-defined]


def _employ(installation: Installation) -> None:
    staff = installation.accounts
    assert isinstance(staff, MemoryAccounts)
    clerk = AccountId("acc_clerk")
    staff.accounts[clerk] = Account(
        id=clerk,
        administration=AdministrationId("atlantia"),
        name="Clerk",
        email="clerk@justicia.example",
        roles=(StaffRole.CLERK,),
        certificate="iria-outeiro",
    )
