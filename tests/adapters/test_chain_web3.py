"""Anchoring on a real EVM node: one root once, whatever is repeated, and a proof that the verifier accepts."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.chain.deploy import deploy_anchor
from adapters.chain.fees import raised, read_call
from adapters.chain.rpc import Rpc
from adapters.chain.web3 import ChainWeb3
from deploy.stack import Stack
from domain.errors import PersonMustAct, TryAgain
from domain.ids import Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction, Sent, Standing
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


async def proof_of(chain: ChainWeb3, root: Sha256, *transactions: PreparedTransaction) -> ChainProof:
    """Of a root that is final."""
    seen = await chain.look_for(root, transactions)
    assert seen.standing is Standing.FINAL
    assert seen.proof is not None
    return seen.proof


async def stands(chain: ChainWeb3, transaction: PreparedTransaction) -> Standing:
    return (await chain.look_for(Sha256(read_call(transaction.raw).root[2:]), [transaction])).standing


async def test_an_anchored_root_is_proved_from_the_block_hash_to_the_event(chain: ChainWeb3, contract: str) -> None:
    root = fresh_root()
    transaction = await anchor(chain, root)

    proof = await proof_of(chain, root, transaction)

    assert (proof.transaction, proof.chain_id) == (transaction.hash, transaction.chain_id)
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
        assert await stands(chain, first) is Standing.ABSENT
        await rpc.call("evm_mine")
        roots = [Sha256(read_call(one.raw).root[2:]) for one in waiting]
        proofs = [await proof_of(chain, root, one) for root, one in zip(roots, waiting, strict=True)]
    finally:
        await rpc.call("evm_setAutomine", True)
    assert len({proof.block_hash for proof in proofs}) == 1
    for proof in proofs:
        parsed = VerifiersProof.parse(canonical(proof.content))
        header = read_header(parsed.header)
        assert proven_value(header.receipts_root, parsed.tx_index, parsed.receipt_proof) == parsed.receipt


async def test_preparing_sends_nothing(chain: ChainWeb3) -> None:
    transaction = await chain.prepare(fresh_root(), 16)
    assert await stands(chain, transaction) is Standing.ABSENT
    assert (await chain.prepare(fresh_root(), 16)).nonce == transaction.nonce


async def test_the_same_transaction_sent_again_is_mined_once(chain: ChainWeb3) -> None:
    root = fresh_root()
    transaction = await anchor(chain, root)
    assert [await chain.broadcast(transaction) for _ in range(2)] == [Sent.ACCEPTED] * 2
    assert await proof_of(chain, root, transaction) == await proof_of(chain, root, transaction)
    assert (await chain.prepare(fresh_root(), 16)).nonce == transaction.nonce + 1


async def test_a_root_counts_whoever_anchored_it(chain: ChainWeb3) -> None:
    root = fresh_root()
    first = await anchor(chain, root)
    assert (await proof_of(chain, root)).transaction == first.hash
    never_sent = first.but(hash="0x" + "ab" * 32)
    assert await proof_of(chain, root, never_sent) == await proof_of(chain, root, first)


async def test_what_the_contract_would_refuse_costs_no_nonce(chain: ChainWeb3) -> None:
    root = fresh_root()
    anchored = await anchor(chain, root)
    for refused in (root, Sha256("0" * 64)):
        with pytest.raises(PersonMustAct, match="anchor_reverted"):
            await chain.prepare(refused, 16)
    assert (await chain.prepare(fresh_root(), 16)).nonce == anchored.nonce + 1


async def test_nobody_else_can_anchor(node: Settings, contract: str, rpc: Rpc) -> None:
    stranger = ChainWeb3(node.evm_rpc_url, node.evm_chain_id, STRANGER, contract)
    try:
        await rpc.call("anvil_setBalance", stranger._account.address, hex(10**20))
        with pytest.raises(PersonMustAct, match="anchor_reverted"):
            await stranger.prepare(fresh_root(), 16)
    finally:
        await stranger.close()


async def test_a_transaction_that_was_mined_in_vain_is_lost(chain: ChainWeb3, rpc: Rpc) -> None:
    """Two for the same root in one block: the contract takes the first. A third party's root would stand anyway."""
    await rpc.call("evm_setAutomine", False)
    try:
        root = fresh_root()
        first = await send(chain, root)
        second = await send(chain, root)
        await rpc.call("evm_mine")
    finally:
        await rpc.call("evm_setAutomine", True)
    assert (await proof_of(chain, root, second)).transaction == first.hash
    reverted = await chain._rpc.call("eth_getTransactionReceipt", second.hash)
    assert reverted["status"] == "0x0"
    # The same transaction asked about under a root that nobody anchored: mined, in vain, and never again.
    assert (await chain.look_for(fresh_root(), [second])).standing is Standing.LOST


async def test_a_nonce_taken_by_another_transaction_is_noticed(chain: ChainWeb3) -> None:
    late = await chain.prepare(fresh_root(), 16)
    await anchor(chain, fresh_root())
    assert await chain.broadcast(late) is Sent.NONCE_TAKEN
    assert await stands(chain, late) is Standing.LOST


async def test_a_transaction_behind_a_gap_or_of_another_contract_is_lost(chain: ChainWeb3, node: Settings) -> None:
    late = await chain.prepare(fresh_root(), 16)
    behind = chain._signed(
        {"gas": 10**5, "nonce": late.nonce + 1, "data": read_call(late.raw).data}, read_call(late.raw).fees
    )
    assert await stands(chain, behind) is Standing.LOST
    moved = ChainWeb3(*endpoint(node), "0x" + "ab" * 20)
    try:
        assert moved._is_ours(late) is False
    finally:
        await moved.close()


async def test_an_account_without_money_is_said_to_be_empty(chain: ChainWeb3, rpc: Rpc) -> None:
    account = chain._account.address
    balance = await rpc.call("eth_getBalance", account, "latest")
    transaction = await chain.prepare(fresh_root(), 16)
    await rpc.call("anvil_setBalance", account, "0x0")
    try:
        with pytest.raises(PersonMustAct, match="anchor_account_empty"):
            await chain.broadcast(transaction)
    finally:
        await rpc.call("anvil_setBalance", account, balance)
    assert await chain.broadcast(transaction) is Sent.ACCEPTED


async def test_a_price_that_is_too_low_is_raised_under_the_same_nonce(chain: ChainWeb3, rpc: Rpc) -> None:
    root = fresh_root()
    cheap = await chain.prepare(root, 16)
    dear = 3 * read_call(cheap.raw).fees["maxFeePerGas"]
    await rpc.call("anvil_setNextBlockBaseFeePerGas", hex(dear))
    await rpc.call("evm_mine")
    assert await chain.broadcast(cheap) is Sent.PRICE_TOO_LOW
    dearer = await chain.reprice(cheap)
    assert dearer is not None
    assert (dearer.nonce, read_call(dearer.raw).root) == (cheap.nonce, "0x" + root)
    assert await chain.broadcast(dearer) is Sent.ACCEPTED


async def test_a_waiting_transaction_is_replaced_and_mined_once(chain: ChainWeb3, rpc: Rpc) -> None:
    root = fresh_root()
    await rpc.call("evm_setAutomine", False)
    try:
        waiting = await send(chain, root)
        dearer = await chain.reprice(waiting)
        assert dearer is not None
        assert await chain.broadcast(dearer) is Sent.ACCEPTED
        await rpc.call("evm_mine")
    finally:
        await rpc.call("evm_setAutomine", True)
    assert (await proof_of(chain, root, waiting, dearer)).transaction == dearer.hash


def test_a_price_is_raised_by_what_nodes_ask_and_not_without_end() -> None:
    today = {"maxPriorityFeePerGas": 10, "maxFeePerGas": 100}
    assert raised(today, today) == {"maxPriorityFeePerGas": 12, "maxFeePerGas": 113}
    assert raised({"gasPrice": 8}, {"maxPriorityFeePerGas": 1, "maxFeePerGas": 5}) == {
        "maxPriorityFeePerGas": 10,
        "maxFeePerGas": 10,
    }
    assert raised({"maxPriorityFeePerGas": 10, "maxFeePerGas": 1000}, today) is None
    assert raised({"gasPrice": 0}, {"gasPrice": 0}) is None


async def test_a_reorganisation_takes_root_and_proof_away(chain: ChainWeb3, rpc: Rpc) -> None:
    root, snapshot = fresh_root(), await rpc.call("evm_snapshot")
    transaction = await anchor(chain, root)
    proof = await proof_of(chain, root, transaction)
    assert await chain.holds(proof)

    await rpc.call("evm_revert", snapshot)

    assert not await chain.holds(proof)
    assert await stands(chain, transaction) is Standing.ABSENT
    await chain.broadcast(transaction)
    await anchor(chain, fresh_root())
    assert not await chain.holds(proof.model_copy(update={"block_hash": "0x" + "00" * 32}))
    assert await chain.holds(await proof_of(chain, root, transaction))


async def test_a_node_of_another_chain_is_given_nothing(node: Settings, contract: str, chain: ChainWeb3) -> None:
    url, chain_id, key = endpoint(node)
    elsewhere = ChainWeb3(url, chain_id + 1, key, contract)
    transaction = await chain.prepare(fresh_root(), 16)
    try:
        for attempt in (
            elsewhere.prepare(fresh_root(), 16),
            elsewhere.broadcast(transaction),
            elsewhere.reprice(transaction),
            elsewhere.look_for(fresh_root(), [transaction]),
        ):
            with pytest.raises(PersonMustAct) as refused:
                await attempt
            assert refused.value.code == "wrong_chain"
    finally:
        await elsewhere.close()
    assert await stands(chain, transaction) is Standing.ABSENT


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
        assert await stands(patient, transaction) is Standing.SHALLOW
        await anchor(chain, fresh_root())
        assert await stands(patient, transaction) is Standing.FINAL
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
    read = read_call(legacy.raw_transaction.to_0x_hex())
    assert (read.root, read.to, read.fees) == ("0x" + root, chain._contract, {"gasPrice": 1})
