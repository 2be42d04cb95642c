"""Anchoring batches of salted leaves on the chain: closed once, signed once, sent as often as needed, mined once."""

import hashlib

from temporalio import activity

from activities.orders import AnchorBatch, CloseBatch, ClosedBatch
from domain.errors import TryAgain
from domain.ids import Sha256
from domain.ports import AnchorBatches, Chain, TimestampAuthority


class Anchoring:
    """Law: anchors prove integrity; they identify and sign nothing (RDL 14/2019 art. 3)."""

    def __init__(self, batches: AnchorBatches, chain: Chain, authority: TimestampAuthority) -> None:
        self._batches = batches
        self._chain = chain
        self._authority = authority

    @activity.defn
    async def close_batch(self, order: CloseBatch) -> ClosedBatch:
        """Every leaf that waits goes into this batch; the same name gives the same batch again."""
        batch = await self._batches.close_batch(order.batch)
        if batch is None:
            return ClosedBatch(root=None)
        procedures = tuple(leaf.procedure for leaf in batch.leaves if leaf.procedure is not None)
        return ClosedBatch(root=batch.root, procedures=procedures)

    @activity.defn
    async def anchor_batch(self, order: AnchorBatch) -> Sha256:
        """Persist the signed transaction, then send it, then ask for its block; any part may be repeated."""
        batch = await self._batches.close_batch(order.batch)
        assert batch is not None
        transaction = await self._batches.transaction(order.batch)
        if transaction is None:
            prepared = await self._chain.prepare(batch.root, len(batch.leaves))
            transaction = await self._batches.keep_transaction(order.batch, prepared)
        token = await self._authority.token(hashlib.sha256(bytes.fromhex(batch.root)).digest())
        await self._chain.broadcast(transaction)
        proof = await self._chain.proof(transaction)
        if proof is None:
            raise TryAgain("not mined yet")
        await self._batches.keep_proof(order.batch, proof, token)
        return batch.root
