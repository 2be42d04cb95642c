"""Telling regional systems on a real engine: everything in order, once taken, whatever the system answers meanwhile."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from adapters.memory import MemoryOutbox, MemorySystem
from domain.access.webhooks import GIVEN_UP_AFTER, Message
from domain.ids import ProcedureId
from tests.workflows.court import Court, open_court
from tests.workflows.engines import handing_over_after
from workflows.schedules import keep_telling
from workflows.webhooks import TellSystemWorkflow, telling_id

EVERY = timedelta(seconds=1)
LONG = timedelta(minutes=20)


def message(number: int, *, endpoint: str = "whe_1", waits_since: datetime | None = None) -> Message:
    now = datetime.now(UTC)
    return Message(
        id=f"{endpoint}-{number}", url=f"https://{endpoint}.example", secrets=(b"s",), event="session.opened",
        procedure=ProcedureId("prc_1"), external_id=None, seq=number, happened_at=now, waits_since=waits_since or now,
        attempts=0,
    )  # fmt: skip


def world(court: Court) -> tuple[MemoryOutbox, MemorySystem, Client]:
    outbox, system = court.installation.webhooks, court.installation.caller
    assert isinstance(outbox, MemoryOutbox) and isinstance(system, MemorySystem)
    return outbox, system, court.environment.client


async def eventually(holds: Callable[[], bool]) -> None:
    for _ in range(300):
        if holds():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("half a minute has passed")


def ids(system: MemorySystem) -> list[str]:
    return [headers["webhook-id"] for _, headers, _ in system.sent]


async def test_messages_are_sent_in_order_and_each_again_until_it_is_taken() -> None:
    async with open_court(handing_over_after(10_000), None) as court:
        outbox, system, client = world(court)
        system.answers = ["500", "no_answer", "200", "302"]
        outbox.messages["whe_1"] = [message(1), message(2), message(3)]
        await keep_telling(client, timedelta(seconds=1), timedelta(milliseconds=200))
        await eventually(lambda: len(outbox.taken) == 3)
        assert ids(system) == ["whe_1-1"] * 3 + ["whe_1-2"] * 2 + ["whe_1-3"]

        outbox.messages["whe_1"].append(message(4))  # after everything was told, the next look finds it
        await eventually(lambda: len(outbox.taken) == 4)
        assert ids(system)[6:] == ["whe_1-4"]


async def test_a_system_that_does_not_answer_holds_up_no_other_and_is_tried_at_once_when_asked_to() -> None:
    async with open_court(handing_over_after(10_000), None) as court:
        outbox, system, client = world(court)
        outbox.messages = {"whe_1": [message(1)], "whe_2": [message(1, endpoint="whe_2")]}
        system.answers = ["no_answer"]
        await keep_telling(client, LONG, LONG)
        await client.get_schedule_handle("webhooks").trigger()
        await eventually(lambda: len(outbox.taken) == 1)

        slow = "whe_1" if "whe_2-1" in outbox.taken else "whe_2"
        await asyncio.sleep(1)
        assert len(outbox.taken) == 1
        await client.get_workflow_handle(telling_id(slow)).signal(TellSystemWorkflow.try_again)
        await eventually(lambda: len(outbox.taken) == 2)


async def test_asking_for_another_attempt_while_one_is_made_is_not_forgotten() -> None:
    async with open_court(handing_over_after(10_000), None) as court:
        outbox, system, client = world(court)
        outbox.messages["whe_1"] = [message(1)]
        system.answers = ["no_answer"]
        system.answering.clear()
        await keep_telling(client, LONG, LONG)
        await client.get_schedule_handle("webhooks").trigger()
        await eventually(lambda: len(system.sent) == 1)
        await client.get_workflow_handle(telling_id("whe_1")).signal(TellSystemWorkflow.try_again)
        await asyncio.sleep(0.5)
        system.answering.set()
        await eventually(lambda: len(outbox.taken) == 1)


async def test_after_three_days_a_message_waits_for_a_person_and_the_next_one_is_sent() -> None:
    async with open_court(handing_over_after(10_000), None) as court:
        outbox, system, client = world(court)
        system.answers = ["503"]
        outbox.messages["whe_1"] = [message(1, waits_since=datetime.now(UTC) - GIVEN_UP_AFTER), message(2)]
        await keep_telling(client, EVERY)
        await eventually(lambda: len(outbox.taken) == 1)
        assert outbox.given_up == {"whe_1-1": "503"}
        assert ids(system) == ["whe_1-1", "whe_1-2"]
