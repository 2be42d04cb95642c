"""Every refusal of a chain, met on a real node with a real database: evidence waits, says for what, and is anchored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.anchoring import Anchoring
from adapters.chain.deploy import deploy_anchor
from adapters.chain.fees import read_call
from adapters.chain.rpc import Rpc
from adapters.memory import MemoryBatches
from deploy.stack import Stack
from domain.errors import TryAgain
from domain.ids import ProcedureId, Sha256
from settings import Settings
from tests.activities.anchoring_runs import PATIENCE, START, Place, runs


@pytest.fixture
async def place(servers: Stack, settings: Settings, tmp_path: Path) -> AsyncIterator[Place]:
    servers.need("anvil")
    key = settings.evm_private_key.get_secret_value()
    contract = await deploy_anchor(settings.evm_rpc_url, settings.evm_chain_id, key, tmp_path / "anchor.json")
    rpc = Rpc(settings.evm_rpc_url, settings.evm_chain_id)
    yield Place(settings, contract, MemoryBatches(), rpc)
    await rpc.close()


async def queued(place: Place, *names: str) -> None:
    for name in names:
        await place.batches.add_leaf(ProcedureId(name), Sha256(f"{len(name):064x}"))


async def everything_is_anchored(place: Place, *names: str) -> None:
    chain = place.chain()
    try:
        for name in names:
            proof = await place.batches.leaf_proof(ProcedureId(name))
            assert proof is not None and await chain.holds(proof.chain), name
    finally:
        await chain.close()
    assert (await place.batches.waiting()).leaves == 0
    assert (await place.batches.waiting()).code is None


@asynccontextmanager
async def poor(place: Place) -> AsyncIterator[None]:
    account = place.chain()._account.address
    balance = await place.rpc.call("eth_getBalance", account, "latest")
    await place.rpc.call("anvil_setBalance", account, "0x0")
    yield
    await place.rpc.call("anvil_setBalance", account, balance)


@asynccontextmanager
async def not_mining(place: Place) -> AsyncIterator[None]:
    await place.rpc.call("evm_setAutomine", False)
    yield
    await place.rpc.call("evm_setAutomine", True)


REFUSALS: dict[str, dict[str, Any]] = {
    "wrong_chain": {"chain_id": 5},
    "contract_missing": {"contract": "0x" + "ab" * 20},
    "anchor_reverted": {"private_key": "0x" + "11" * 32},
    "outside_unavailable": {"rpc_url": "http://127.0.0.1:9"},
}


@pytest.mark.parametrize("code", REFUSALS)
async def test_what_is_set_wrongly_stops_nothing_for_good(place: Place, code: str) -> None:
    await queued(place, "old")
    async with runs(place, **REFUSALS[code]) as refused:
        await refused.waits_for(code)
        await queued(place, "meanwhile")
        refused.now += timedelta(hours=1)
        with pytest.raises(TryAgain):
            await refused.once()
        seen = await place.batches.waiting()
        assert (seen.code, seen.since, seen.leaves) == (code, START, 2)

    async with runs(place) as mended:
        await mended.until_anchored()

    await everything_is_anchored(place, "old", "meanwhile")


async def test_an_empty_account_is_waited_for_and_costs_no_nonce(place: Place) -> None:
    await queued(place, "old")
    async with runs(place) as run:
        async with poor(place):
            await run.waits_for("anchor_account_empty")
            run.now += 2 * PATIENCE
            with pytest.raises(TryAgain):
                await run.once()
        await queued(place, "new")
        await run.until_anchored()
    await everything_is_anchored(place, "old", "new")


async def test_a_nonce_that_a_stranger_took_is_left_to_them(place: Place) -> None:
    """The poison of old: a kept transaction that was never sent, and another one under its nonce."""
    await queued(place, "old")
    async with runs(place) as run:
        async with poor(place):
            await run.waits_for("anchor_account_empty")
        batch = await place.batches.unanchored()
        assert batch is not None
        [kept] = await place.batches.transactions(batch.name)
        stranger = place.chain()
        taken = await stranger.prepare(Sha256("77" * 32), 16)
        assert taken.nonce == kept.nonce
        await stranger.broadcast(taken)
        await stranger.close()
        await asyncio.sleep(0.2)
        await queued(place, "new")

        await run.until_anchored()

    assert len(await place.batches.transactions(batch.name)) == 2
    await everything_is_anchored(place, "old", "new")


async def test_a_price_that_rose_is_paid_under_the_same_nonce(place: Place) -> None:
    await queued(place, "old")
    async with runs(place) as run:
        async with poor(place):
            await run.waits_for("anchor_account_empty")
        batch = await place.batches.unanchored()
        assert batch is not None
        [cheap] = await place.batches.transactions(batch.name)
        dear = 3 * read_call(cheap.raw).fees["maxFeePerGas"]
        await place.rpc.call("anvil_setNextBlockBaseFeePerGas", hex(dear))
        await place.rpc.call("evm_mine")

        await run.until_anchored()

    kept = await place.batches.transactions(batch.name)
    assert {one.nonce for one in kept} == {cheap.nonce}
    assert len(kept) == 2
    await everything_is_anchored(place, "old")


async def test_what_is_not_mined_in_time_is_replaced_and_said_so(place: Place) -> None:
    await queued(place, "old")
    async with runs(place) as run:
        async with not_mining(place):
            with pytest.raises(TryAgain):
                await run.once()
            assert (await place.batches.waiting()).code is None
            run.now += PATIENCE
            await run.waits_for("anchor_not_mined")
            # The dearer one has its own time to be mined.
            run.now += PATIENCE / 2
            with pytest.raises(TryAgain):
                await run.once()
            batch = await place.batches.unanchored()
            assert batch is not None
            kept = await place.batches.transactions(batch.name)
            assert ([one.nonce for one in kept], len({one.hash for one in kept})) == ([kept[0].nonce] * 2, 2)
            await place.rpc.call("evm_mine")
        await run.until_anchored()
    await everything_is_anchored(place, "old")
    proof = await place.batches.leaf_proof(ProcedureId("old"))
    assert proof is not None and proof.chain.transaction == kept[1].hash


async def test_a_batch_that_a_reorganisation_took_away_is_anchored_anew(place: Place) -> None:
    snapshot = await place.rpc.call("evm_snapshot")
    async with runs(place) as run:
        for name in ("first", "second"):
            await queued(place, name)
            await run.until_anchored()
        before = await place.batches.anchored_last(2)

        await place.rpc.call("evm_revert", snapshot)
        await queued(place, "third")
        await run.until_anchored()

    await everything_is_anchored(place, "first", "second", "third")
    signed = [one for batch in before for one in await place.batches.transactions(batch.name)]
    # The same bytes again, each under its own nonce.
    assert len(signed) == len({one.nonce for one in signed}) == 2


async def test_only_a_block_that_is_deep_enough_counts(place: Place) -> None:
    await queued(place, "old")
    async with runs(place, confirmations=3) as run:
        with pytest.raises(AssertionError):
            await run.until_anchored()
        assert (await place.batches.waiting()).leaves == 1
        assert (await place.batches.waiting()).code is None
        await place.rpc.call("anvil_mine", "0x2")
        await run.until_anchored()
    await everything_is_anchored(place, "old")


async def test_without_a_time_stamp_the_batch_waits_too(place: Place) -> None:
    await queued(place, "old")
    async with runs(place) as run:
        run.anchoring = Anchoring(place.batches, place.chain(), Unreachable())
        await run.waits_for("outside_unavailable")
    async with runs(place) as mended:
        await mended.until_anchored()
    await everything_is_anchored(place, "old")


class Unreachable:
    """An authority that does not answer."""

    async def token(self, digest: bytes) -> bytes:
        raise TryAgain("no answer")
