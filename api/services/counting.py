"""What the interface counts for its operator: commands by name and outcome, procedures in trouble, evidence waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from prometheus_client import Counter, Gauge

from api.http.problems import as_refusal
from api.ports import Ports
from api.services.gateway import Gateway, update_name
from domain.commands import Command, Receipt
from domain.errors import EstradoError, TryAgain
from domain.ids import ProcedureId

COMMANDS = Counter("estrado_commands", "Commands by name, and `done` or the code of the refusal.", ["name", "outcome"])
IN_TROUBLE = Gauge("estrado_procedures_in_trouble", "Procedures with an automatic step that does not succeed.")
ANCHORS_AWAITED = Gauge("estrado_anchors_awaited", "Procedures whose evidence is on no chain yet.")

COUNT_EVERY = 15.0
"""Seconds; scrapers ask no oftener."""


class CountingGateway(Gateway):
    """The same way to the workflows, with every command counted by how it ended."""

    async def perform(self, procedure: ProcedureId, command: Command) -> Receipt:
        name = update_name(command)
        try:
            receipt = await super().perform(procedure, command)
        except EstradoError as error:
            COMMANDS.labels(name, as_refusal(error).code).inc()
            raise
        COMMANDS.labels(name, "done").inc()
        return receipt


@asynccontextmanager
async def gauging(ports: Ports) -> AsyncIterator[None]:
    """Count again and again for the length of the block. While the database is away the last counts stand."""

    async def forever() -> None:
        while True:
            with suppress(TryAgain):
                IN_TROUBLE.set(len(await ports.watching.troubled()))
                ANCHORS_AWAITED.set((await ports.batches.waiting()).leaves)
            await asyncio.sleep(COUNT_EVERY)

    task = asyncio.create_task(forever(), name="count what waits")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
