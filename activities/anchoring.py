"""Anchoring batches of salted leaves on the chain: closed once, signed before it is sent, final before it counts.

No refusal of the chain ends it. What it waits for is kept where an operator sees it, and the same is tried again.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from temporalio import activity

from activities.orders import AnchorBatch, ClosedBatch
from domain.errors import PersonMustAct, TryAgain
from domain.ids import Sha256
from domain.journal.anchoring import Batch, KeptTransaction, Sent, Standing
from domain.ports.chain import AnchorBatches, Chain
from domain.ports.signing import TimestampAuthority

LOOKED_AT_AGAIN = 32
"""So many of the last anchored batches are compared with the chain at each run."""


class Anchoring:
    """Law: anchors prove integrity; they identify and sign nothing (RDL 14/2019 art. 3)."""

    def __init__(self, batches: AnchorBatches, chain: Chain, authority: TimestampAuthority) -> None:
        self._batches = batches
        self._chain = chain
        self._authority = authority

    @activity.defn
    async def find_unanchored_batch(self) -> ClosedBatch | None:
        """What an earlier run left, or what a reorganisation of the chain has undone since; the oldest first."""
        async with self._trouble_shown():
            anchored = await self._batches.anchored_last(LOOKED_AT_AGAIN)
            replaced = await self._chain.replaced([batch.chain for batch in anchored])
            for batch in anchored:
                if batch.chain in replaced:
                    await self._batches.forget_proof(batch.name, batch.chain.block_hash, _now())
            return _closed(await self._batches.unanchored())

    @activity.defn
    async def close_batch(self) -> ClosedBatch | None:
        """The leaves that wait become one batch, unless another is not anchored yet: then that one."""
        async with self._trouble_shown():
            closed = _closed(await self._batches.close_batch())
            if closed is None:
                await self._batches.keep_trouble(None, _now())
            return closed

    @activity.defn
    async def anchor_batch(self, order: AnchorBatch) -> Sha256:
        """Have the root in a final block and keep the proof; any part may be repeated. Raises TryAgain until then."""
        async with self._trouble_shown():
            await self._timestamp(order)
            standing, late = await self._bring_to_chain(order)
        overdue = late and standing is Standing.ABSENT
        await self._batches.keep_trouble("anchor_not_mined" if overdue else None, _now())
        if standing is not Standing.FINAL:
            raise TryAgain(f"the root is {standing} on the chain")
        return order.root

    async def _timestamp(self, order: AnchorBatch) -> None:
        """The token over the root waits for no chain: it gives the evidence its legal time meanwhile."""
        if await self._batches.token(order.batch) is None:
            token = await self._authority.token(hashlib.sha256(bytes.fromhex(order.root)).digest())
            await self._batches.keep_token(order.batch, token)

    async def _bring_to_chain(self, order: AnchorBatch) -> tuple[Standing, bool]:
        """Where the root stands after this attempt, and whether its transaction waits for longer than it should."""
        kept = await self._batches.transactions(order.batch)
        seen, late = await self._chain.look_for(order.root, kept), False
        if seen.standing in (Standing.ABSENT, Standing.LOST):
            anew = not kept or seen.standing is Standing.LOST
            place = len(kept) if anew else len(kept) - 1
            transaction = await self._prepared(order, place) if anew else kept[-1]
            late = _now() - transaction.waits_since >= order.patience
            await self._send(order.batch, transaction, place, late=late)
            seen = await self._chain.look_for(order.root, await self._batches.transactions(order.batch))
        if seen.proof is not None:
            await self._batches.keep_proof(order.batch, seen.proof)
        return seen.standing, late

    async def _prepared(self, order: AnchorBatch, place: int) -> KeptTransaction:
        prepared = await self._chain.prepare(order.root, order.size)
        return await self._batches.keep_transaction(order.batch, prepared, place=place, at=_now())

    async def _send(self, batch: str, transaction: KeptTransaction, place: int, *, late: bool) -> None:
        """Send it; when its price is not enough, a dearer one under the same nonce, kept before it is sent too.

        A nonce that somebody else took is left to the next look: the root is then on the chain, or has to be given
        another transaction.
        """
        sent = await self._chain.broadcast(transaction)
        if sent is Sent.NONCE_TAKEN or (sent is Sent.ACCEPTED and not late):
            return
        dearer = await self._chain.reprice(transaction)
        if dearer is not None:
            dearer = await self._batches.keep_transaction(batch, dearer, place=place + 1, at=_now())
            sent = await self._chain.broadcast(dearer)
        if sent is Sent.PRICE_TOO_LOW:
            raise PersonMustAct("anchor_underpriced")

    @asynccontextmanager
    async def _trouble_shown(self) -> AsyncIterator[None]:
        """Whatever goes wrong is kept for the operator and is then a reason to try again."""
        try:
            yield
        except PersonMustAct as refusal:
            await self._batches.keep_trouble(refusal.code, _now())
            raise TryAgain(refusal.code) from refusal
        except TryAgain:
            await self._batches.keep_trouble("outside_unavailable", _now())
            raise
        except Exception:
            await self._batches.keep_trouble("anchoring_failed", _now())
            raise


def _closed(batch: Batch | None) -> ClosedBatch | None:
    if batch is None:
        return None
    procedures = tuple(leaf.procedure for leaf in batch.leaves if leaf.procedure is not None)
    return ClosedBatch(name=batch.name, root=batch.root, size=len(batch.leaves), procedures=procedures)


def _now() -> datetime:
    """The engine's clock, by which the waiting of transactions is measured whoever serves this attempt."""
    return activity.info().current_attempt_scheduled_time
