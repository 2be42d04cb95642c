"""People who hold a procedure while parts are killed: they ask as the API does, and again under the same key.

docs/operations.md tells clients so: a command that was given up, or whose answer did not come, is repeated unchanged.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from api.http.problems import EngineUnavailable, NotFound, StillWorking
from api.services.gateway import Gateway
from bench.installation import House
from bench.real_room import RealRoom
from domain.commands import Command, Receipt
from domain.errors import PersonMustAct, Refusal
from domain.events.summons import ProcedureRequested
from domain.ids import workflow_id
from domain.procedure.documents import DocumentRef
from domain.procedure.state import Procedure

T = TypeVar("T")

AGAIN_AFTER = 0.5
WORLD_AWAY = ("outside_unavailable",)
"""Refusals that say nothing of the command: it is asked for again."""


class StruckRoom(RealRoom):
    """A courtroom whose parts die: whatever meets a dead one is asked for again."""

    def __init__(self, house: House, gateway: Gateway, asked: ProcedureRequested, patience: float) -> None:
        handle = house.client.get_workflow_handle(workflow_id(asked.id))
        super().__init__(handle, house.installation, house.settings.sms_outbox_dir)
        self.asked = asked
        self.patience = patience
        self.repeated: Counter[str] = Counter()
        """How often something had to be asked for again, by what it met."""
        self._gateway = gateway

    async def begin(self) -> None:
        await self._until_answered(lambda: self._gateway.start(self.asked, "system"))

    async def perform(self, command: Command) -> Receipt:
        receipt = await self._until_answered(lambda: self._gateway.perform(self.asked.id, command))
        self.acknowledged.append(receipt.seq)
        return receipt

    async def procedure(self) -> Procedure:
        return (await self._until_answered(lambda: self._gateway.progress(self.asked.id))).procedure

    async def upload(self, content: bytes) -> DocumentRef:
        vault = self._here.vault
        return await self._until_answered(lambda: vault.put(self.asked.id, content, "application/pdf"))

    async def _until_answered(self, ask: Callable[[], Awaitable[T]]) -> T:
        async with asyncio.timeout(self.patience):
            while True:
                try:
                    return await ask()
                except (EngineUnavailable, StillWorking, NotFound) as error:
                    self.repeated[type(error).__name__] += 1
                except Refusal as refusal:
                    if refusal.code not in WORLD_AWAY:
                        raise
                    self.repeated[refusal.code] += 1
                except PersonMustAct:
                    raise
                except Exception as error:  # a dead database or store, in the words of its client
                    self.repeated[type(error).__name__] += 1
                await asyncio.sleep(AGAIN_AFTER)

    def now(self) -> datetime:
        return datetime.now(UTC)
