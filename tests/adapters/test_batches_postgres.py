"""What the anchoring remembers, in a real PostgreSQL and in memory: written once, and provable leaf by leaf."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory import MemoryBatches
from adapters.postgres.batches import BatchesPostgres
from domain.errors import PersonMustAct
from domain.ids import ProcedureId, Sha256
from domain.journal.anchoring import (
    MOST_LEAVES,
    AnchoringState,
    Batch,
    ChainProof,
    LeafProof,
    PreparedTransaction,
    merkle_root,
    node,
)

Batches = BatchesPostgres | MemoryBatches

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture(params=["postgres", "memory"])
def batches(request: pytest.FixtureRequest) -> Batches:
    """The real one and its twin keep the same promises."""
    if request.param == "memory":
        return MemoryBatches()
    return BatchesPostgres(request.getfixturevalue("database"))


def root_of(n: int) -> Sha256:
    return Sha256(f"{n:064x}")


def transaction(n: int = 0) -> PreparedTransaction:
    return PreparedTransaction(raw=f"0x{n:02x}", hash=f"0x{n}", nonce=n, chain_id=31337, contract="0xc")


def mined_in(block: int) -> ChainProof:
    return ChainProof(block_number=block, block_hash=f"0xb{block}", mined_at=AT, content={"receipt": ["0x1"]})


async def closed(batches: Batches) -> Batch:
    batch = await batches.close_batch()
    assert batch is not None
    return batch


async def anchored(batches: Batches, block: int = 7) -> Batch:
    """The leaves that wait, in a batch that has a proof."""
    batch = await closed(batches)
    await batches.keep_token(batch.name, b"token")
    await batches.keep_proof(batch.name, mined_in(block))
    return batch


async def with_leaves(batches: Batches, count: int) -> list[ProcedureId]:
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


async def test_there_is_no_batch_of_nothing(batches: Batches) -> None:
    assert await batches.unanchored() is None
    assert await batches.close_batch() is None


@pytest.mark.parametrize(("count", "size"), [(1, 16), (16, 16), (17, 32)])
async def test_a_batch_is_padded_to_a_power_of_two(batches: Batches, count: int, size: int) -> None:
    procedures = await with_leaves(batches, count)
    batch = await closed(batches)
    assert [leaf.procedure for leaf in batch.leaves] == procedures + [None] * (size - count)
    assert len({leaf.salt for leaf in batch.leaves}) == size
    assert batch.root == merkle_root([leaf.hash for leaf in batch.leaves]).hex()


async def test_a_leaf_added_again_keeps_its_first_salt(batches: Batches) -> None:
    await asyncio.gather(*[batches.add_leaf(ProcedureId("prc_1"), root_of(1)) for _ in range(10)])
    first = await anchored(batches)
    await batches.add_leaf(ProcedureId("prc_1"), root_of(1))
    assert await batches.close_batch() is None
    assert [leaf.procedure for leaf in first.leaves].count(ProcedureId("prc_1")) == 1


async def test_a_record_has_one_root(batches: Batches) -> None:
    await batches.add_leaf(ProcedureId("prc_1"), root_of(1))
    for _ in range(2):
        with pytest.raises(PersonMustAct, match="bundle_root_differs"):
            await batches.add_leaf(ProcedureId("prc_1"), root_of(2))
        await batches.close_batch()


async def test_a_batch_closed_by_many_at_once_is_one(batches: Batches) -> None:
    await with_leaves(batches, 3)
    found = await asyncio.gather(*[batches.close_batch() for _ in range(8)])
    assert all(batch == found[0] for batch in found)


async def test_the_next_batch_waits_until_the_one_before_is_anchored(batches: Batches) -> None:
    await with_leaves(batches, 1)
    first = await closed(batches)
    await batches.add_leaf(ProcedureId("prc_late"), root_of(9))
    assert await batches.close_batch() == await batches.unanchored() == first
    await batches.keep_token(first.name, b"token")
    await batches.keep_proof(first.name, mined_in(7))
    assert await batches.unanchored() is None
    second = await closed(batches)
    assert second.name != first.name
    assert second.leaves[0].procedure == "prc_late"


async def test_more_leaves_than_fit_wait_for_the_next_batch(batches: Batches) -> None:
    await with_leaves(batches, MOST_LEAVES + 1)
    first = await anchored(batches)
    assert (len(first.leaves), first.leaves[-1].procedure) == (MOST_LEAVES, f"prc_{MOST_LEAVES - 1}")
    assert [leaf.procedure for leaf in (await closed(batches)).leaves if leaf.procedure] == [f"prc_{MOST_LEAVES}"]


async def test_of_transactions_for_the_same_place_the_first_is_kept(batches: Batches) -> None:
    await with_leaves(batches, 1)
    batch = (await closed(batches)).name
    assert await batches.transactions(batch) == ()
    kept = await asyncio.gather(*[batches.keep_transaction(batch, transaction(n), place=0, at=AT) for n in range(8)])
    assert len(set(kept)) == 1
    dearer = await batches.keep_transaction(batch, transaction(9), place=1, at=LATER)
    assert await batches.keep_transaction(batch, transaction(10), place=1, at=LATER) == dearer
    assert await batches.transactions(batch) == (kept[0], dearer)
    assert (kept[0].waits_since, dearer.waits_since) == (AT, LATER)


async def test_a_batch_that_was_never_closed_has_nothing(batches: Batches) -> None:
    assert await batches.transactions("none") == ()
    assert await batches.token("none") is None
    for attempt in (
        batches.keep_transaction("none", transaction(), place=0, at=AT),
        batches.keep_proof("none", mined_in(1)),
        batches.keep_token("none", b"token"),
    ):
        with pytest.raises(PersonMustAct, match="unknown_batch"):
            await attempt


async def test_the_first_token_stays(batches: Batches) -> None:
    await with_leaves(batches, 1)
    batch = (await closed(batches)).name
    assert await batches.token(batch) is None
    assert [await batches.keep_token(batch, token) for token in (b"first", b"second")] == [b"first", b"first"]
    assert await batches.token(batch) == b"first"


async def test_every_leaf_is_proved_up_to_the_root_once_anchored(batches: Batches) -> None:
    procedures = await with_leaves(batches, 19)
    batch = await closed(batches)
    assert await batches.leaf_proof(procedures[0]) is None
    await batches.keep_token(batch.name, b"token")
    await batches.keep_proof(batch.name, mined_in(7))
    for procedure in procedures:
        leaf = await batches.leaf_proof(procedure)
        assert leaf is not None
        assert leaf.leaf.procedure == procedure
        assert leads_to_root(leaf)
        assert (leaf.size, leaf.root, leaf.token, leaf.chain) == (32, batch.root, b"token", mined_in(7))


async def test_the_first_proof_stays_until_its_own_block_is_gone(batches: Batches) -> None:
    [procedure] = await with_leaves(batches, 1)
    batch = await anchored(batches, 7)
    await batches.keep_transaction(batch.name, transaction(), place=0, at=AT)
    await batches.keep_proof(batch.name, mined_in(8))
    await batches.forget_proof(batch.name, "0xb8", LATER)
    assert [one.chain for one in await batches.anchored_last(5)] == [mined_in(7)]

    await batches.forget_proof(batch.name, "0xb7", LATER)

    assert await batches.unanchored() == batch
    assert await batches.leaf_proof(procedure) is None
    # What was taken off the chain waits from now on, and is not replaced at once for having waited long before.
    assert [one.waits_since for one in await batches.transactions(batch.name)] == [LATER]
    await batches.keep_proof(batch.name, mined_in(9))
    leaf = await batches.leaf_proof(procedure)
    assert leaf is not None
    assert (leaf.chain, leaf.token) == (mined_in(9), b"token")


async def test_the_last_anchored_batches_come_first(batches: Batches) -> None:
    names = []
    for n in range(3):
        await batches.add_leaf(ProcedureId(f"prc_{n}"), root_of(n))
        names.append((await anchored(batches, n)).name)
    last = await batches.anchored_last(2)
    assert [one.name for one in last] == [names[2], names[1]]
    assert [one.name for one in await batches.anchored_last(2, skip=2)] == [names[0]]
    proof = await batches.leaf_proof(ProcedureId("prc_2"))
    assert proof is not None and last[0].root == proof.root


async def test_an_operator_sees_what_waits_and_what_for(batches: Batches) -> None:
    assert await batches.waiting() == AnchoringState()
    await with_leaves(batches, 2)
    batch = await closed(batches)
    await batches.add_leaf(ProcedureId("prc_late"), root_of(9))
    for at in (AT, LATER):
        await batches.keep_trouble("anchor_account_empty", at)
    seen = await batches.waiting()
    assert (seen.code, seen.since, seen.leaves) == ("anchor_account_empty", AT, 3)
    assert seen.oldest_at is not None

    await batches.keep_trouble("wrong_chain", LATER)
    assert (await batches.waiting()).since == LATER
    await batches.keep_trouble(None, LATER)
    await batches.keep_token(batch.name, b"token")
    await batches.keep_proof(batch.name, mined_in(7))
    seen = await batches.waiting()
    assert (seen.code, seen.since, seen.leaves) == (None, None, 1)


async def test_a_procedure_without_a_leaf_has_no_proof(batches: Batches) -> None:
    assert await batches.leaf_proof(ProcedureId("prc_none")) is None
