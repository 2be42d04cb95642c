"""Runs of the anchoring by its activities alone, on a real node, at a time that the test tells."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from temporalio.testing import ActivityEnvironment

from activities.anchoring import Anchoring
from activities.orders import AnchorBatch, ClosedBatch
from adapters.chain.rpc import Rpc
from adapters.chain.web3 import ChainWeb3
from adapters.memory import MemoryTimestamps
from domain.errors import TryAgain
from domain.ports.chain import AnchorBatches
from settings import Settings

PATIENCE = timedelta(minutes=10)
START = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Place(NamedTuple):
    """Where the tests anchor: one contract and one memory of batches each."""

    settings: Settings
    contract: str
    batches: AnchorBatches
    rpc: Rpc

    def chain(self, **changes: Any) -> ChainWeb3:
        key = self.settings.evm_private_key.get_secret_value()
        wanted: dict[str, Any] = {
            "rpc_url": self.settings.evm_rpc_url,
            "chain_id": self.settings.evm_chain_id,
            "private_key": key,
            "contract": self.contract,
        }
        return ChainWeb3(**(wanted | changes))


class Runs:
    """Runs of the anchoring as the schedule starts them, with its activities alone and a clock that is told."""

    def __init__(self, place: Place, chain: ChainWeb3) -> None:
        self.place = place
        self.now = START
        self.anchoring = Anchoring(place.batches, chain, MemoryTimestamps())

    async def once(self) -> None:
        """What a run does. Raises TryAgain where the engine would try again."""
        while (left := await self._do(self.anchoring.find_unanchored_batch)) is not None:
            await self.anchor(left)
        if (closed := await self._do(self.anchoring.close_batch)) is not None:
            await self.anchor(closed)

    async def anchor(self, batch: ClosedBatch) -> None:
        order = AnchorBatch(batch=batch.name, root=batch.root, size=batch.size, patience=PATIENCE)
        await self._do(self.anchoring.anchor_batch, order)

    async def until_anchored(self) -> None:
        for _ in range(50):
            try:
                return await self.once()
            except TryAgain:
                await asyncio.sleep(0.05)
        raise AssertionError(await self.place.batches.waiting())

    async def waits_for(self, code: str) -> None:
        with pytest.raises(TryAgain):
            await self.once()
        seen = await self.place.batches.waiting()
        assert (seen.code, seen.since) == (code, self.now)

    async def _do(self, activity: Callable[..., Awaitable[Any]], *order: Any) -> Any:
        environment = ActivityEnvironment()
        environment.info = environment.info.__class__(
            **{**vars(environment.info), "current_attempt_scheduled_time": self.now}
        )
        return await environment.run(activity, *order)


@asynccontextmanager
async def runs(place: Place, **changes: Any) -> AsyncIterator[Runs]:
    chain = place.chain(**changes)
    try:
        yield Runs(place, chain)
    finally:
        await chain.close()
