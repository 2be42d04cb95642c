"""What the anchoring has to remember between two acts: leaves that wait, batches, signed transactions, proofs.

Everything is written once and stays: a batch never changes its leaves, nor a leaf its salt.
"""

import secrets
from collections.abc import Sequence

import asyncpg

from adapters.postgres.database import Connection, Database, lock
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    Batch,
    ChainProof,
    Leaf,
    LeafProof,
    PreparedTransaction,
    inclusion_path,
    merkle_root,
    padded_size,
)

_BYTES = 32


class BatchesPostgres:
    """`AnchorBatches` over the tables `anchor_batches` and `anchor_leaves`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_leaf(self, procedure: ProcedureId, bundle_root: Sha256) -> None:
        """As the port says. Raises `PersonMustAct('bundle_root_differs')`: a record has one root for ever."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "INSERT INTO anchor_leaves (procedure, salt, bundle_root) VALUES ($1, $2, $3)"
                " ON CONFLICT (procedure) DO NOTHING",
                procedure,
                secrets.token_hex(_BYTES),
                bundle_root,
            )
            kept = await connection.fetchval("SELECT bundle_root FROM anchor_leaves WHERE procedure = $1", procedure)
        if kept != bundle_root:
            raise PersonMustAct("bundle_root_differs", procedure=procedure)

    async def close_batch(self, batch: str) -> Batch | None:
        async with self._database.transaction() as connection:
            await lock(connection, "anchor batches")
            root = await connection.fetchval("SELECT root FROM anchor_batches WHERE name = $1", batch)
            if root is not None:
                return Batch(name=batch, leaves=await _leaves(connection, batch), root=Sha256(root))
            waiting = await connection.fetch(
                "SELECT id, procedure, salt, bundle_root FROM anchor_leaves WHERE batch IS NULL ORDER BY id"
            )
            return await _close(connection, batch, waiting) if waiting else None

    async def keep_transaction(self, batch: str, transaction: PreparedTransaction) -> PreparedTransaction:
        """As the port says. Raises `PersonMustAct('unknown_batch')` for one that was never closed."""
        async with self._database.transaction() as connection:
            await connection.execute(
                "UPDATE anchor_batches SET transaction = $2 WHERE name = $1 AND transaction IS NULL",
                batch,
                transaction.model_dump(mode="json"),
            )
            kept = await connection.fetchval("SELECT transaction FROM anchor_batches WHERE name = $1", batch)
        if kept is None:
            raise PersonMustAct("unknown_batch", batch=batch)
        return PreparedTransaction.model_validate(kept)

    async def transaction(self, batch: str) -> PreparedTransaction | None:
        row = await self._database.row("SELECT transaction FROM anchor_batches WHERE name = $1", batch)
        return PreparedTransaction.model_validate(row["transaction"]) if row and row["transaction"] else None

    async def keep_proof(self, batch: str, proof: ChainProof, token: bytes) -> None:
        """Keep the proof of an anchored batch. The first one stays: bundles already carry it.

        Raises `PersonMustAct('unknown_batch')` for one that was never closed.
        """
        touched = await self._database.execute(
            "UPDATE anchor_batches SET proof = coalesce(proof, $2), token = coalesce(token, $3) WHERE name = $1",
            batch,
            proof.model_dump(mode="json"),
            token,
        )
        if not touched:
            raise PersonMustAct("unknown_batch", batch=batch)

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        async with self._database.transaction() as connection:
            found = await connection.fetchrow(
                "SELECT name, root, transaction, proof, token, position FROM anchor_leaves"
                " JOIN anchor_batches ON name = batch WHERE procedure = $1 AND proof IS NOT NULL",
                procedure,
            )
            if found is None:
                return None
            leaves = await _leaves(connection, found["name"])
        path = inclusion_path([leaf.hash for leaf in leaves], found["position"])
        return LeafProof(
            batch=found["name"],
            leaf=leaves[found["position"]],
            index=found["position"],
            size=len(leaves),
            path=tuple(sibling.hex() for sibling in path),
            root=Sha256(found["root"]),
            token=found["token"],
            transaction=PreparedTransaction.model_validate(found["transaction"]),
            chain=ChainProof.model_validate(found["proof"]),
        )


async def _close(connection: Connection, batch: str, waiting: Sequence[asyncpg.Record]) -> Batch:
    """Give every waiting leaf its place, fill up with padding, and keep the root."""
    leaves = [_leaf(row) for row in waiting]
    while len(leaves) < padded_size(len(waiting)):
        root, salt = Sha256(secrets.token_hex(_BYTES)), secrets.token_hex(_BYTES)
        leaves.append(Leaf(procedure=None, salt=salt, bundle_root=root))
    closed = Batch(name=batch, leaves=tuple(leaves), root=Sha256(merkle_root([leaf.hash for leaf in leaves]).hex()))
    await connection.execute("INSERT INTO anchor_batches (name, root) VALUES ($1, $2)", batch, closed.root)
    await connection.executemany(
        "UPDATE anchor_leaves SET batch = $2, position = $3 WHERE id = $1",
        [(row["id"], batch, position) for position, row in enumerate(waiting)],
    )
    await connection.executemany(
        "INSERT INTO anchor_leaves (salt, bundle_root, batch, position) VALUES ($1, $2, $3, $4)",
        [
            (leaf.salt, leaf.bundle_root, batch, position)
            for position, leaf in enumerate(leaves)
            if leaf.procedure is None
        ],
    )
    return closed


async def _leaves(connection: Connection, batch: str) -> tuple[Leaf, ...]:
    rows = await connection.fetch(
        "SELECT procedure, salt, bundle_root FROM anchor_leaves WHERE batch = $1 ORDER BY position", batch
    )
    return tuple(_leaf(row) for row in rows)


def _leaf(row: asyncpg.Record) -> Leaf:
    return Leaf(procedure=row["procedure"], salt=row["salt"], bundle_root=row["bundle_root"])
