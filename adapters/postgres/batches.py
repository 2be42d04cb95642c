"""What the anchoring has to remember between two acts: leaves that wait, batches, signed transactions, proofs.

A batch never changes its leaves, nor a leaf its salt; a transaction that was signed is never forgotten. Only a proof
can go: when the chain itself has replaced its block.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

import asyncpg

from adapters.postgres.database import Connection, Database, lock
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    MOST_LEAVES,
    AnchoredBatch,
    AnchoringState,
    Batch,
    ChainProof,
    KeptTransaction,
    Leaf,
    LeafProof,
    PreparedTransaction,
    inclusion_path,
    merkle_root,
    padded_size,
)

_BYTES = 32


class BatchesPostgres:
    """`AnchorBatches` over the tables `anchor_batches`, `anchor_leaves`, `anchor_transactions`, `anchoring_trouble`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- leaves and batches ------------------------------------------------------------------------------------------

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

    async def unanchored(self) -> Batch | None:
        async with self._database.transaction() as connection:
            return await _oldest_open(connection)

    async def close_batch(self) -> Batch | None:
        async with self._database.transaction() as connection:
            await lock(connection, "anchor batches")
            left = await _oldest_open(connection)
            if left is not None:
                return left
            waiting = await connection.fetch(
                "SELECT id, procedure, salt, bundle_root FROM anchor_leaves WHERE batch IS NULL ORDER BY id LIMIT $1",
                MOST_LEAVES,
            )
            return await _close(connection, waiting) if waiting else None

    async def keep_token(self, batch: str, token: bytes) -> bytes:
        """As the port says. Raises `PersonMustAct('unknown_batch')` for one that was never closed."""
        kept = await self._database.row(
            "UPDATE anchor_batches SET token = coalesce(token, $2) WHERE name = $1 RETURNING token", batch, token
        )
        if kept is None:
            raise PersonMustAct("unknown_batch", batch=batch)
        return bytes(kept["token"])

    async def token(self, batch: str) -> bytes | None:
        row = await self._database.row("SELECT token FROM anchor_batches WHERE name = $1", batch)
        return row["token"] if row else None

    # -- transactions ------------------------------------------------------------------------------------------------

    async def keep_transaction(
        self, batch: str, transaction: PreparedTransaction, *, place: int, at: datetime
    ) -> KeptTransaction:
        """As the port says. Raises `PersonMustAct('unknown_batch')` for one that was never closed."""
        async with self._database.transaction() as connection:
            if not await connection.fetchval("SELECT true FROM anchor_batches WHERE name = $1", batch):
                raise PersonMustAct("unknown_batch", batch=batch)
            await connection.execute(
                "INSERT INTO anchor_transactions (batch, place, hash, raw, nonce, chain_id, contract, waits_since)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                *(batch, place, transaction.hash, transaction.raw, transaction.nonce),
                *(transaction.chain_id, transaction.contract, at),
            )
            kept = await connection.fetchrow(
                "SELECT hash, raw, nonce, chain_id, contract, waits_since FROM anchor_transactions"
                " WHERE batch = $1 AND place = $2",
                batch,
                place,
            )
        assert kept is not None
        return KeptTransaction.model_validate(dict(kept))

    async def transactions(self, batch: str) -> tuple[KeptTransaction, ...]:
        rows = await self._database.rows(
            "SELECT hash, raw, nonce, chain_id, contract, waits_since FROM anchor_transactions"
            " WHERE batch = $1 ORDER BY place",
            batch,
        )
        return tuple(KeptTransaction.model_validate(dict(row)) for row in rows)

    # -- proofs ------------------------------------------------------------------------------------------------------

    async def keep_proof(self, batch: str, proof: ChainProof) -> None:
        """As the port says. Raises `PersonMustAct('unknown_batch')` for one that was never closed."""
        touched = await self._database.execute(
            "UPDATE anchor_batches SET proof = coalesce(proof, $2) WHERE name = $1",
            batch,
            proof.model_dump(mode="json"),
        )
        if not touched:
            raise PersonMustAct("unknown_batch", batch=batch)

    async def forget_proof(self, batch: str, block_hash: str, at: datetime) -> None:
        async with self._database.transaction() as connection:
            forgotten = await connection.fetchval(
                "UPDATE anchor_batches SET proof = NULL WHERE name = $1 AND proof ->> 'block_hash' = $2 RETURNING true",
                batch,
                block_hash,
            )
            if forgotten:
                await connection.execute("UPDATE anchor_transactions SET waits_since = $2 WHERE batch = $1", batch, at)

    async def anchored_last(self, count: int, skip: int = 0) -> tuple[AnchoredBatch, ...]:
        rows = await self._database.rows(
            "SELECT name, root, proof FROM anchor_batches WHERE proof IS NOT NULL"
            " ORDER BY number DESC LIMIT $1 OFFSET $2",
            count,
            skip,
        )
        return tuple(
            AnchoredBatch(name=row["name"], root=Sha256(row["root"]), chain=ChainProof.model_validate(row["proof"]))
            for row in rows
        )

    async def leaf_proof(self, procedure: ProcedureId) -> LeafProof | None:
        async with self._database.transaction() as connection:
            found = await connection.fetchrow(
                "SELECT name, root, proof, token, position FROM anchor_leaves"
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
            chain=ChainProof.model_validate(found["proof"]),
        )

    # -- what an operator sees ---------------------------------------------------------------------------------------

    async def keep_trouble(self, code: str | None, at: datetime) -> None:
        if code is None:
            await self._database.execute("DELETE FROM anchoring_trouble")
            return
        await self._database.execute(
            "INSERT INTO anchoring_trouble (code, since) VALUES ($1, $2) ON CONFLICT (one) DO UPDATE"
            " SET code = $1, since = $2 WHERE anchoring_trouble.code <> $1",
            code,
            at,
        )

    async def waiting(self) -> AnchoringState:
        row = await self._database.row(
            "SELECT (SELECT code FROM anchoring_trouble) AS code, (SELECT since FROM anchoring_trouble) AS since,"
            " count(procedure) AS leaves, min(queued_at) AS oldest_at"
            " FROM anchor_leaves LEFT JOIN anchor_batches ON name = batch"
            " WHERE procedure IS NOT NULL AND proof IS NULL"
        )
        assert row is not None
        return AnchoringState.model_validate(dict(row))


async def _oldest_open(connection: Connection) -> Batch | None:
    left = await connection.fetchrow(
        "SELECT name, root FROM anchor_batches WHERE proof IS NULL ORDER BY number LIMIT 1"
    )
    if left is None:
        return None
    return Batch(name=left["name"], leaves=await _leaves(connection, left["name"]), root=Sha256(left["root"]))


async def _close(connection: Connection, waiting: Sequence[asyncpg.Record]) -> Batch:
    """Give every waiting leaf its place in the next batch, fill up with padding, and keep the root."""
    number = await connection.fetchval("SELECT coalesce(max(number) + 1, 0) FROM anchor_batches")
    leaves = [_leaf(row) for row in waiting]
    while len(leaves) < padded_size(len(waiting)):
        root, salt = Sha256(secrets.token_hex(_BYTES)), secrets.token_hex(_BYTES)
        leaves.append(Leaf(procedure=None, salt=salt, bundle_root=root))
    root = Sha256(merkle_root([leaf.hash for leaf in leaves]).hex())
    closed = Batch(name=f"b{number}", leaves=tuple(leaves), root=root)
    await connection.execute(
        "INSERT INTO anchor_batches (name, number, root) VALUES ($1, $2, $3)", closed.name, number, closed.root
    )
    await connection.executemany(
        "UPDATE anchor_leaves SET batch = $2, position = $3 WHERE id = $1",
        [(row["id"], closed.name, position) for position, row in enumerate(waiting)],
    )
    await connection.executemany(
        "INSERT INTO anchor_leaves (salt, bundle_root, batch, position) VALUES ($1, $2, $3, $4)",
        [
            (leaf.salt, leaf.bundle_root, closed.name, position)
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
