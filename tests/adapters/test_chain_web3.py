"""Anchoring on a real EVM node: one root once, whatever is repeated, and a proof that the verifier accepts."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.chain.deploy import deploy_anchor
from adapters.chain.rpc import Rpc
from adapters.chain.web3 import ChainWeb3, root_of
from deploy.stack import Stack
from domain.errors import PersonMustAct, TryAgain
from domain.ids import Sha256
from domain.journal.anchoring import PreparedTransaction
from evidence.anchor import ChainProof as VerifiersProof
from evidence.canonical import canonical
from evidence.ethereum import ANCHORED_TOPIC, read_header, read_receipt
from evidence.trie import proven_value
from settings import Settings

STRANGER = "0x" + "11" * 32


@pytest.fixture(scope="session")
def node(servers: Stack, settings: Settings) -> Settings:
    servers.need("anvil")
    return settings


@pytest.fixture
async def contract(node: Settings, tmp_path: Path) -> str:
    """A contract that this test alone uses."""
    return await deploy_anchor(*endpoint(node), tmp_path / "anchor.json")


@pytest.fixture
async def chain(node: Settings, contract: str) -> AsyncIterator[ChainWeb3]:
    chain = ChainWeb3(*endpoint(node), contract)
    yield chain
    await chain.close()


@pytest.fixture
async def rpc(node: Settings) -> AsyncIterator[Rpc]:
    rpc = Rpc(node.evm_rpc_url, node.evm_chain_id)
    yield rpc
    await rpc.close()


def endpoint(settings: Settings) -> tuple[str, int, str]:
    return settings.evm_rpc_url, settings.evm_chain_id, settings.evm_private_key.get_secret_value()


def fresh_root() -> Sha256:
    return Sha256(secrets.token_hex(32))


async def send(chain: ChainWeb3, root: Sha256) -> PreparedTransaction:
    transaction = await chain.prepare(root, 16)
    await chain.broadcast(transaction)
    return transaction


async def anchor(chain: ChainWeb3, root: Sha256) -> PreparedTransaction:
    """Send, and return once the node has mined: it answers before it does."""
    transaction = await send(chain, root)
    for _ in range(500):
        if await chain._rpc.call("eth_getTransactionReceipt", transaction.hash):
            return transaction
        await asyncio.sleep(0.01)
    raise TimeoutError("the node does not mine")


async def test_an_anchored_root_is_proved_from_the_block_hash_to_the_event(chain: ChainWeb3, contract: str) -> None:
    root = fresh_root()
    transaction = await anchor(chain, root)

    proof = await chain.proof(transaction)

    assert proof is not None
    parsed = VerifiersProof.parse(canonical(proof.content))
    header = read_header(parsed.header)
    assert header.hash == parsed.block_hash == bytes.fromhex(proof.block_hash[2:])
    assert header.timestamp == proof.mined_at.timestamp()
    assert proven_value(header.transactions_root, parsed.tx_index, parsed.tx_proof) == parsed.tx_raw
    assert parsed.tx_raw.hex() == transaction.raw[2:]
    assert proven_value(header.receipts_root, parsed.tx_index, parsed.receipt_proof) == parsed.receipt
    log = read_receipt(parsed.receipt).logs[parsed.log_index]
    assert log.address == parsed.contract == bytes.fromhex(contract[2:])
    assert log.topics == (ANCHORED_TOPIC, bytes.fromhex(root))
    assert int.from_bytes(log.data[:32], "big") == 16


async def test_a_proof_holds_in_a_block_with_other_transactions(chain: ChainWeb3, rpc: Rpc) -> None:
    """Thirty neighbours make tries with several levels, on both sides of the single-byte keys."""
    # A node with automine makes a block of what waits; without it transactions wait for each other.
    await rpc.call("evm_setAutomine", False)
    try:
        first = await send(chain, fresh_root())
        waiting = [first] + [await send(chain, fresh_root()) for _ in range(30)]
        assert await chain.proof(first) is None
        await rpc.call("evm_mine")
        proofs = [await chain.proof(transaction) for transaction in waiting]
    finally:
        await rpc.call("evm_setAutomine", True)
    assert len({proof.block_hash for proof in proofs if proof}) == 1
    for proof in proofs:
        assert proof is not None
        parsed = VerifiersProof.parse(canonical(proof.content))
        header = read_header(parsed.header)
        assert proven_value(header.receipts_root, parsed.tx_index, parsed.receipt_proof) == parsed.receipt


async def test_preparing_sends_nothing(chain: ChainWeb3) -> None:
    transaction = await chain.prepare(fresh_root(), 16)
    assert await chain.proof(transaction) is None
    assert (await chain.prepare(fresh_root(), 16)).nonce == transaction.nonce


async def test_the_same_transaction_sent_again_is_mined_once(chain: ChainWeb3) -> None:
    root = fresh_root()
    transaction = await anchor(chain, root)
    await chain.broadcast(transaction)
    await chain.broadcast(transaction)
    proof = await chain.proof(transaction)
    assert proof is not None
    assert await chain.proof(transaction) == proof
    assert (await chain.prepare(fresh_root(), 16)).nonce == transaction.nonce + 1


async def test_a_second_transaction_for_an_anchored_root_counts_by_the_first(chain: ChainWeb3) -> None:
    root = fresh_root()
    first = await anchor(chain, root)
    second = await anchor(chain, root)
    assert first.hash != second.hash
    assert await chain.proof(second) == await chain.proof(first)


async def test_a_transaction_that_the_contract_refuses_is_said_to_be_reverted(chain: ChainWeb3) -> None:
    transaction = await anchor(chain, Sha256("0" * 64))
    with pytest.raises(PersonMustAct) as refused:
        await chain.proof(transaction)
    assert refused.value.code == "anchor_reverted"


async def test_nobody_else_can_anchor(node: Settings, contract: str, rpc: Rpc) -> None:
    stranger = ChainWeb3(node.evm_rpc_url, node.evm_chain_id, STRANGER, contract)
    try:
        await rpc.call("anvil_setBalance", stranger._account.address, hex(10**20))
        transaction = await anchor(stranger, fresh_root())
        with pytest.raises(PersonMustAct) as refused:
            await stranger.proof(transaction)
    finally:
        await stranger.close()
    assert refused.value.code == "anchor_reverted"


async def test_a_nonce_taken_by_another_transaction_is_noticed(chain: ChainWeb3) -> None:
    late = await chain.prepare(fresh_root(), 16)
    await anchor(chain, fresh_root())
    for attempt in (chain.broadcast, chain.proof):
        with pytest.raises(PersonMustAct) as refused:
            await attempt(late)
        assert refused.value.code == "anchor_nonce_used"


async def test_a_node_of_another_chain_is_given_nothing(node: Settings, contract: str, chain: ChainWeb3) -> None:
    url, chain_id, key = endpoint(node)
    elsewhere = ChainWeb3(url, chain_id + 1, key, contract)
    transaction = await chain.prepare(fresh_root(), 16)
    try:
        for attempt in (elsewhere.prepare(fresh_root(), 16), elsewhere.broadcast(transaction)):
            with pytest.raises(PersonMustAct) as refused:
                await attempt
            assert refused.value.code == "wrong_chain"
    finally:
        await elsewhere.close()
    assert await chain.proof(transaction) is None


async def test_an_address_without_contract_is_refused(node: Settings) -> None:
    chain = ChainWeb3(*endpoint(node), "0x" + "ab" * 20)
    try:
        with pytest.raises(PersonMustAct) as refused:
            await chain.prepare(fresh_root(), 16)
    finally:
        await chain.close()
    assert refused.value.code == "contract_missing"


async def test_without_a_node_the_anchor_waits(contract: str, node: Settings) -> None:
    chain = ChainWeb3("http://127.0.0.1:9", node.evm_chain_id, STRANGER, contract)
    try:
        with pytest.raises(TryAgain):
            await chain.prepare(fresh_root(), 16)
    finally:
        await chain.close()


async def test_confirmations_are_waited_for(node: Settings, contract: str, chain: ChainWeb3) -> None:
    patient = ChainWeb3(*endpoint(node), contract, confirmations=2)
    try:
        transaction = await anchor(chain, fresh_root())
        assert await patient.proof(transaction) is None
        await anchor(chain, fresh_root())
        assert await patient.proof(transaction) is not None
    finally:
        await patient.close()


def test_the_root_is_read_back_from_a_signed_transaction(chain: ChainWeb3) -> None:
    root = "ab" * 32
    legacy = chain._account.sign_transaction(
        {
            "to": chain._contract,
            "value": 0,
            "gas": 1,
            "gasPrice": 1,
            "nonce": 0,
            "chainId": 5,
            "data": chain._encoder.encode_abi("anchor", [bytes.fromhex(root), 16]),
        }
    )
    assert root_of(legacy.raw_transaction.to_0x_hex()) == "0x" + root
