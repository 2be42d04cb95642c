"""The chain of processes that cannot pay: they look seldom or never, and importing its library takes a second.

Whoever pays uses `ChainWeb3` from the start, so that a key that is none ends that process at once.
"""

import asyncio
from collections.abc import Callable, Sequence

from domain.ids import Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction, Sent, Sighting
from domain.ports.chain import Chain


class ChainOnDemand:
    """The `Chain` port over the chain that `open` gives; it is opened, in a thread, when it is first asked."""

    def __init__(self, open: Callable[[], Chain]) -> None:
        self._open = open
        self._opening = asyncio.Lock()
        self._chain: Chain | None = None

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        return await (await self._opened()).prepare(root, size)

    async def reprice(self, transaction: PreparedTransaction) -> PreparedTransaction | None:
        return await (await self._opened()).reprice(transaction)

    async def broadcast(self, transaction: PreparedTransaction) -> Sent:
        return await (await self._opened()).broadcast(transaction)

    async def look_for(self, root: Sha256, transactions: Sequence[PreparedTransaction]) -> Sighting:
        return await (await self._opened()).look_for(root, transactions)

    async def holds(self, proof: ChainProof) -> bool:
        return await (await self._opened()).holds(proof)

    async def replaced(self, proofs: Sequence[ChainProof]) -> tuple[ChainProof, ...]:
        return await (await self._opened()).replaced(proofs)

    async def _opened(self) -> Chain:
        async with self._opening:
            if self._chain is None:
                self._chain = await asyncio.to_thread(self._open)
        return self._chain
