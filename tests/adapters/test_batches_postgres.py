"""What the anchoring remembers, against a real PostgreSQL: written once, and provable leaf by leaf."""

import asyncio
from datetime import UTC, datetime

import pytest

from adapters.postgres.batches import BatchesPostgres
from adapters.postgres.database import Database
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import ChainProof, LeafProof, PreparedTransaction, merkle_root, node


@pytest.fixture
def batches(database: Database) -> BatchesPostgres:
    return BatchesPostgres(database)


def root_of(n: int) -> Sha256:
    return Sha256(f"{n:064x}")


def transaction(n: int = 0) -> PreparedTransaction:
    return PreparedTransaction(raw=f"0x{n:02x}", hash=f"0x{n}", nonce=n, chain_id=31337, contract="0xc")


def mined_in(block: int) -> ChainProof:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return ChainProof(block_number=block, block_hash="0xb", mined_at=at, content={"receipt": ["0x1"]})


async def with_leaves(batches: BatchesPostgres, count: int) -> list[ProcedureId]:
    procedures = [ProcedureId(f"prc_{n}") for n in range(count)]
    for n, procedure in enumerate(procedures):
        await batches.add_leaf(procedure, root_of(n))
    return procedures


def leads_to_root(proof: LeafProof) -> bool:
    """The walk that a verifier makes from the leaf to the root."""
    value, index = proof.leaf.hash, proof.index
    for sibling in map(bytes.fromhex, proof.path):
        value = node(sibling, value) if index & 1 else node(value, sibling)
        index //= 2
    return value.hex() == proof.root


async def test_there_is_no_batch_of_nothing(batches: BatchesPostgres) -> None:
    assert await batches.close_batch("b1") is None


@pytest.mark.parametrize(("count", "size"), [(1, 16), (16, 16), (17, 32)])
async def test_a_batch_is_padded_to_a_power_of_two(batches: BatchesPostgres, count: int, size: int) -> None:
    procedures = await with_leaves(batches, count)
    batch = await batches.close_batch("b1")
    assert batch is not None
    assert [leaf.procedure for leaf in batch.leaves] == procedures + [None] * (size - count)
    assert len({leaf.salt for leaf in batch.leaves}) == size
    assert batch.root == merkle_root([leaf.hash for leaf in batch.leaves]).hex()


async def test_a_leaf_added_again_keeps_its_first_salt(batches: BatchesPostgres) -> None:
    await asyncio.gather(*[batches.add_leaf(ProcedureId("prc_1"), root_of(1)) for _ in range(10)])
    first = await batches.close_batch("b1")
    await batches.add_leaf(ProcedureId("prc_1"), root_of(1))
    assert await batches.close_batch("b2") is None
    assert await batches.close_batch("b1") == first


async def test_a_record_has_one_root(batches: BatchesPostgres) -> None:
    await batches.add_leaf(ProcedureId("prc_1"), root_of(1))
    with pytest.raises(PersonMustAct, match="bundle_root_differs"):
        await batches.add_leaf(ProcedureId("prc_1"), root_of(2))


async def test_the_same_batch_closed_by_many_at_once_is_one(batches: BatchesPostgres) -> None:
    await with_leaves(batches, 3)
    closed = await asyncio.gather(*[batches.close_batch("b1") for _ in range(8)])
    assert all(batch == closed[0] for batch in closed)


async def test_a_leaf_goes_into_one_batch_when_two_are_closed_at_once(batches: BatchesPostgres) -> None:
    await with_leaves(batches, 5)
    closed = await asyncio.gather(*[batches.close_batch(f"b{n}") for n in range(4)])
    placed = [leaf.procedure for batch in closed if batch for leaf in batch.leaves if leaf.procedure]
    assert len(placed) == len(set(placed)) == 5


async def test_leaves_that_come_later_wait_for_the_next_batch(batches: BatchesPostgres) -> None:
    await with_leaves(batches, 1)
    first = await batches.close_batch("b1")
    await batches.add_leaf(ProcedureId("prc_late"), root_of(9))
    assert await batches.close_batch("b1") == first
    second = await batches.close_batch("b2")
    assert second is not None
    assert second.leaves[0].procedure == "prc_late"


async def test_the_first_signed_transaction_is_the_one_that_is_sent(batches: BatchesPostgres) -> None:
    await with_leaves(batches, 1)
    await batches.close_batch("b1")
    assert await batches.transaction("b1") is None
    kept = await asyncio.gather(*[batches.keep_transaction("b1", transaction(n)) for n in range(8)])
    assert len(set(kept)) == 1
    assert await batches.transaction("b1") == kept[0]


async def test_a_batch_that_was_never_closed_has_no_transaction(batches: BatchesPostgres) -> None:
    assert await batches.transaction("none") is None
    with pytest.raises(PersonMustAct, match="unknown_batch"):
        await batches.keep_transaction("none", transaction())
    with pytest.raises(PersonMustAct, match="unknown_batch"):
        await batches.keep_proof("none", mined_in(1), b"token")


async def test_every_leaf_is_proved_up_to_the_root_once_anchored(batches: BatchesPostgres) -> None:
    procedures = await with_leaves(batches, 19)
    batch = await batches.close_batch("b1")
    assert batch is not None
    await batches.keep_transaction("b1", transaction())
    assert await batches.leaf_proof(procedures[0]) is None
    proof = mined_in(7)
    await batches.keep_proof("b1", proof, b"token")
    for procedure in procedures:
        leaf = await batches.leaf_proof(procedure)
        assert leaf is not None
        assert leaf.leaf.procedure == procedure
        assert leads_to_root(leaf)
        assert (leaf.size, leaf.root, leaf.token, leaf.chain) == (32, batch.root, b"token", proof)
        assert leaf.transaction == transaction()


async def test_the_first_proof_stays(batches: BatchesPostgres) -> None:
    [procedure] = await with_leaves(batches, 1)
    await batches.close_batch("b1")
    await batches.keep_transaction("b1", transaction())
    for block in (7, 8):
        await batches.keep_proof("b1", mined_in(block), b"token %d" % block)
    leaf = await batches.leaf_proof(procedure)
    assert leaf is not None
    assert (leaf.chain.block_number, leaf.token) == (7, b"token 7")


async def test_a_procedure_without_a_leaf_has_no_proof(batches: BatchesPostgres) -> None:
    assert await batches.leaf_proof(ProcedureId("prc_none")) is None
