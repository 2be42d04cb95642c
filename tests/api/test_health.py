"""Whether the installation serves, what stands still in it, and who may know which of both."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from temporalio import workflow
from temporalio.client import Client
from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from adapters.wiring import temporal_client
from api.http.problems import problem_text
from deploy.probes import descendants
from deploy.stack import Stack
from domain.errors import Refusal
from domain.ids import ProcedureId, workflow_id
from domain.refusals.platform import DATABASE_UNAVAILABLE, ENGINE_UNAVAILABLE
from tests.api.people import ADMINISTRATOR, CLERK, FOREIGN_ADMINISTRATOR, House
from tests.conftest import eventually

STUCK = ProcedureId("prc_" + "5" * 32)


@workflow.defn(name="StoppedByItsCode")
class StoppedByItsCode:
    """A workflow whose every task fails, as after a deployment that does not fit."""

    @workflow.run
    async def run(self) -> None:
        raise RuntimeError("this code does not fit")


async def stop_one(client: Client) -> None:
    """Start it for Atlantia and let its tasks fail until the engine has marked it."""
    administration = SearchAttributeKey.for_keyword("EstradoAdministration")
    handle = await client.start_workflow(
        StoppedByItsCode.run,
        id=workflow_id(STUCK),
        task_queue="stopped",
        task_timeout=timedelta(seconds=1),
        search_attributes=TypedSearchAttributes([SearchAttributePair(administration, "atlantia")]),
    )
    runner = UnsandboxedWorkflowRunner()
    async with Worker(client, task_queue="stopped", workflows=[StoppedByItsCode], workflow_runner=runner):
        async with asyncio.timeout(60):
            # The mark is made in another process.
            while not (await handle.describe()).search_attributes.get("TemporalReportedProblems"):  # noqa: ASYNC110
                await asyncio.sleep(0.2)


async def end(client: Client) -> None:
    await client.get_workflow_handle(workflow_id(STUCK)).terminate("the test is over")


def test_everybody_learns_whether_it_serves(house: House) -> None:
    health = house.client().get("/api/v1/health")

    assert health.status_code == 200
    assert health.json() == {"status": "ok", "servers": {"engine": "ok", "database": "ok", "store": "ok"}}


def test_a_procedure_whose_tasks_fail_is_listed_for_its_administration_alone(house: House) -> None:
    async def stopped() -> None:
        await stop_one(await temporal_client(house.settings))

    asyncio.run(stopped())
    try:
        administrator = house.staff(ADMINISTRATOR)
        condition = administrator.get("/api/v1/health/condition").json()
        page = administrator.get("/administration/health").text
        foreign = house.staff(FOREIGN_ADMINISTRATOR).get("/api/v1/health/condition").json()
    finally:
        asyncio.run(ended(house))

    assert [one["procedure"] for one in condition["stuck"]] == [STUCK]
    assert any("WorkflowTaskFailed" in problem for problem in condition["stuck"][0]["problems"])
    assert condition["health"]["status"] == "degraded"
    assert condition["python"]["version"] in page
    assert STUCK in page
    assert foreign["stuck"] == []


def test_a_procedure_whose_journal_refuses_is_listed_with_the_code(house: House) -> None:
    async def refused() -> None:
        client = await temporal_client(house.settings)
        marks = {"EstradoAdministration": "atlantia", "EstradoTrouble": "unknown_key"}
        pairs = [SearchAttributePair(SearchAttributeKey.for_keyword(name), word) for name, word in marks.items()]
        await client.start_workflow(
            "JournalRefuses",
            id=workflow_id(STUCK),
            task_queue="nobody",
            search_attributes=TypedSearchAttributes(pairs),
        )

    asyncio.run(refused())
    try:
        administrator = house.staff(ADMINISTRATOR)
        eventually(lambda: administrator.get("/api/v1/health/condition").json()["stuck"])
        condition = administrator.get("/api/v1/health/condition").json()
    finally:
        asyncio.run(ended(house))

    assert condition["stuck"] == [{"procedure": STUCK, "problems": ["unknown_key"]}]


async def ended(house: House) -> None:
    await end(await temporal_client(house.settings))


def test_what_stands_still_is_for_administrators(house: House) -> None:
    refused = house.staff(CLERK).get("/api/v1/health/condition")

    assert (refused.status_code, refused.json()["code"]) == (403, "not_permitted")


@contextmanager
def hung(stack: Stack, part: str) -> Iterator[None]:
    """The part takes connections and answers nothing."""
    family = [stack.pid(part), *descendants(stack.pid(part))]
    for pid in family:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(family):
            os.kill(pid, signal.SIGCONT)


def test_a_hung_database_is_named_within_seconds(house: House, prepared: Stack) -> None:
    clerk = house.staff(CLERK)
    with hung(prepared, "postgres"):
        began = time.monotonic()
        health = house.client().get("/api/v1/health")
        told_after = time.monotonic() - began
        alive = house.client().get("/healthz")
        board = clerk.get("/board", headers={"Accept": "text/html"})
        asked = clerk.get("/api/v1/procedures")

    assert told_after < 2
    assert (health.status_code, health.json()["status"]) == (503, "down")
    assert health.json()["servers"] == {"engine": "ok", "database": "away", "store": "ok"}
    assert alive.json() == {"status": "ok"}
    assert (asked.status_code, asked.json()["code"]) == (503, "database_unavailable")
    words = problem_text(Refusal(DATABASE_UNAVAILABLE), "es")
    assert board.status_code == 503, board.text
    assert words.title in board.text
    eventually(lambda: house.client().get("/api/v1/health").json()["status"] == "ok")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_words_for_a_database_that_is_away_do_not_blame_the_engine(language: str) -> None:
    database = problem_text(Refusal(DATABASE_UNAVAILABLE), language)

    assert database.title != problem_text(Refusal(ENGINE_UNAVAILABLE), language).title
    assert ("base de datos" if language == "es" else "database") in database.why
