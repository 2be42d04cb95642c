"""The chain on which roots are anchored, and the batches of leaves under them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    AnchoredBatch,
    AnchoringState,
    Batch,
    ChainProof,
    KeptTransaction,
    LeafProof,
    PreparedTransaction,
    Sent,
    Sighting,
)


class Chain(Protocol):
    """One EVM chain and the contract that keeps roots. Every method raises `PersonMustAct('wrong_chain')` for a node of
    another chain."""

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        """Sign the transaction that anchors `root`, with the account's next nonce. Nothing is sent.

        Raises `PersonMustAct('anchor_reverted')` when the contract would refuse it, which then costs neither nonce nor
        fee; `contract_missing`.
        """

    async def reprice(self, transaction: PreparedTransaction) -> PreparedTransaction | None:
        """The same call under the same nonce with a higher fee; None when it offers far more than is asked already."""

    async def broadcast(self, transaction: PreparedTransaction) -> Sent:
        """Send exactly these bytes; sending them again changes nothing.

        Raises `PersonMustAct('anchor_account_empty')`, and `anchor_refused` when the node says anything else.
        """

    async def look_for(self, root: Sha256, transactions: Sequence[PreparedTransaction]) -> Sighting:
        """Where the root stands, and once final the receipt, header and trie proof.

        Any of `transactions` counts, and so does whatever else put the root into the contract.
        """

    async def holds(self, proof: ChainProof) -> bool:
        """Whether the block of this proof is still the one with its number."""

    async def replaced(self, proofs: Sequence[ChainProof]) -> tuple[ChainProof, ...]:
        """Those of `proofs` that do not hold any more; the node is asked once for all of them, where it can be."""


class AnchorBatches(Protocol):
    """Leaves waiting, batches closed, transactions signed: what must survive between two acts of the anchoring."""

    async def add_leaf(self, procedure: ProcedureId, bundle_root: Sha256) -> None:
        """Queue the salted leaf of a procedure. Repeating keeps the first salt."""

    async def unanchored(self) -> Batch | None:
        """The oldest batch that was closed and has no proof."""

    async def close_batch(self) -> Batch | None:
        """The oldest batch without a proof; if there is none, the waiting leaves as a new one; None when none wait.

        One batch at a time: one transaction is in flight, and leaves that wait for it wait together.
        """

    async def keep_token(self, batch: str, token: bytes) -> bytes:
        """Keep the time-stamp over the root; returns the one kept first."""

    async def token(self, batch: str) -> bytes | None: ...

    async def keep_transaction(
        self, batch: str, transaction: PreparedTransaction, *, place: int, at: datetime
    ) -> KeptTransaction:
        """Persist before broadcasting, as number `place` (from 0) of the transactions of its batch.

        Of several for the same place the first is kept and returned. Those at the places before are remembered.
        """

    async def transactions(self, batch: str) -> tuple[KeptTransaction, ...]:
        """Every transaction signed for the batch, in the order in which they were kept."""

    async def keep_proof(self, batch: str, proof: ChainProof) -> None:
        """The batch is anchored for good. The first proof stays until it is forgotten."""

    async def forget_proof(self, batch: str, block_hash: str, at: datetime) -> None:
        """The chain has replaced that block: the batch is to be anchored anew. Another block's proof stays."""

    async def anchored_last(self, count: int, skip: int = 0) -> tuple[AnchoredBatch, ...]:
        """The last batches that were anchored, the youngest first, without the `skip` youngest."""

    async def keep_trouble(self, code: str | None, at: datetime) -> None:
        """What anchoring waits for (None: nothing); the same trouble keeps the time at which it was first met."""

    async def waiting(self) -> AnchoringState:
        """What an operator has to know."""

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        """Salt, path, root, token and chain proof of one procedure once its batch is anchored."""
