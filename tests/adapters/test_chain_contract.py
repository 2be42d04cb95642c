"""What every chain does, a real node and its twin in memory: nothing stands there before it is sent, then for good."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.chain.deploy import deploy_anchor
from adapters.chain.on_demand import ChainOnDemand
from adapters.chain.web3 import ChainWeb3
from adapters.memory import MemoryChain
from deploy.stack import Stack
from domain.ids import Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction, Sent, Standing
from domain.ports.chain import Chain
from settings import Settings


@pytest.fixture(params=["memory", "node", "on demand"])
async def chain(
    request: pytest.FixtureRequest, servers: Stack, settings: Settings, tmp_path: Path
) -> AsyncIterator[Chain]:
    if request.param == "memory":
        yield MemoryChain()
        return
    servers.need("anvil")
    whose = (settings.evm_rpc_url, settings.evm_chain_id, settings.evm_private_key.get_secret_value())
    real = ChainWeb3(*whose, await deploy_anchor(*whose, tmp_path / "anchor.json"))
    yield real if request.param == "node" else ChainOnDemand(lambda: real)
    await real.close()


async def final(chain: Chain, root: Sha256, transaction: PreparedTransaction) -> ChainProof:
    """A node answers before it mines."""
    for _ in range(500):
        seen = await chain.look_for(root, [transaction])
        if seen.proof is not None:
            assert seen.standing is Standing.FINAL
            return seen.proof
        await asyncio.sleep(0.01)
    raise TimeoutError("nothing is mined")


async def test_a_root_stands_once_it_was_sent_and_not_before(chain: Chain) -> None:
    root = Sha256(secrets.token_hex(32))
    assert (await chain.look_for(root, [])).standing is Standing.ABSENT
    transaction = await chain.prepare(root, 16)
    assert (await chain.look_for(root, [transaction])).standing is Standing.ABSENT

    assert await chain.broadcast(transaction) is Sent.ACCEPTED
    proof = await final(chain, root, transaction)

    assert proof.transaction == transaction.hash
    assert await chain.holds(proof)


async def test_of_several_proofs_those_are_told_that_do_not_hold_any_more(chain: Chain) -> None:
    proofs = []
    for _ in range(2):
        root = Sha256(secrets.token_hex(32))
        transaction = await chain.prepare(root, 16)
        await chain.broadcast(transaction)
        proofs.append(await final(chain, root, transaction))
    nowhere = "0x" + "00" * 32
    gone = proofs[0].but(block_hash=nowhere, content=proofs[0].content | {"tx_hash": nowhere})

    assert await chain.replaced([]) == ()
    assert await chain.replaced(proofs) == ()
    assert await chain.replaced([proofs[0], gone, proofs[1]]) == (gone,)
    assert not await chain.holds(gone)


async def test_sending_the_same_bytes_again_changes_nothing(chain: Chain) -> None:
    root = Sha256(secrets.token_hex(32))
    transaction = await chain.prepare(root, 16)
    await chain.broadcast(transaction)
    proof = await final(chain, root, transaction)

    assert await chain.broadcast(transaction) is Sent.ACCEPTED
    assert await final(chain, root, transaction) == proof
