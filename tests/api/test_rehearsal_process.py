"""What an administrator has just written is rehearsed in a process of its own: it may fail, not stop others."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

import agenda_types
import procedure_types
import territories
from adapters.limited.processes import Ending, LimitedProcesses
from api.app import REHEARSALS
from api.services.rehearsal_view import RehearsalView
from domain.ids import AdministrationId
from domain.types.procedure_type import ResolvedType
from tests.pages.publishing import STOPPED, examined, offered

ITEMS = agenda_types.load()
TYPES = procedure_types.load(items=ITEMS)
HERE = territories.load()[AdministrationId("atlantia")]
JOB = {"language": "es", "at": datetime(2026, 12, 1, 9, tzinfo=UTC).isoformat()}


@pytest.fixture
async def processes() -> AsyncIterator[LimitedProcesses]:
    opened = LimitedProcesses(REHEARSALS, at_once=2)
    yield opened
    await opened.close()


async def rehearsed(processes: LimitedProcesses, kind: ResolvedType, seconds: float = 60) -> Ending:
    parts = [one.model_dump_json().encode() for one in (kind, HERE)]
    return await processes.run(JOB, parts, seconds)


async def test_a_shipped_type_is_held_there_and_its_minutes_come_back(processes: LimitedProcesses) -> None:
    ending = await rehearsed(processes, procedure_types.resolve(TYPES["conciliation"], ITEMS))
    view = RehearsalView.model_validate_json(ending.made)
    assert view.held and view.items
    assert view.minutes is not None and view.minutes.title.startswith("ENSAYO SIN VALOR")


async def test_what_stops_it_comes_back_in_words(processes: LimitedProcesses) -> None:
    found = examined(STOPPED)
    items = {**offered().items, **{item.code: item for item in found.items}}
    ending = await rehearsed(processes, procedure_types.resolve(found.procedures[0], items))
    view = RehearsalView.model_validate_json(ending.made)
    assert not view.held and view.refusal is not None
    assert (view.refusal.code, view.item) == ("item_required", None)
    assert view.refusal.next


async def test_one_that_takes_too_long_is_ended(processes: LimitedProcesses) -> None:
    ending = await rehearsed(processes, procedure_types.resolve(TYPES["conciliation"], ITEMS), seconds=0.001)
    assert ending.status is None and "result" not in ending.said
