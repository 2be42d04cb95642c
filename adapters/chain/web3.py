"""Anchors roots on an EVM chain: one account, one contract, raw transactions that are kept before they are sent.

The anchor proves that bytes existed; it neither signs nor identifies (RDL 14/2019 art. 3). One writer only: nonces
are taken by `AnchoringWorkflow` alone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import rlp  # type: ignore[import-untyped]
from eth_account import Account
from web3 import Web3

from adapters.chain.contract import anchor_contract
from adapters.chain.proof import BlockProof, prove
from adapters.chain.rpc import NodeRefused, Rpc
from domain.errors import PersonMustAct, TryAgain
from domain.ids import Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction

GAS = 150_000
"""Room enough for one root (about 95,000 the first time, 60,000 after); what is not used is not paid."""
ANCHORED = "0x" + Web3.keccak(text="Anchored(bytes32,uint256,uint256)").hex()
CALL_DATA = {0x01: 6, 0x02: 7}
"""Position of the call data in a transaction by its EIP-2718 type; a legacy one has it in place 5."""


class ChainWeb3:
    """The `Chain` port."""

    def __init__(self, rpc_url: str, chain_id: int, private_key: str, contract: str, confirmations: int = 1) -> None:
        self._rpc = Rpc(rpc_url, chain_id)
        self._account = Account.from_key(private_key)
        self._contract = Web3.to_checksum_address(contract)
        self._encoder = Web3().eth.contract(abi=anchor_contract().abi)
        self._confirmations = confirmations

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        """Sign the transaction that anchors `root` with the account's next nonce, mined and pending ones counted.

        Raises PersonMustAct `wrong_chain`, or `contract_missing` when nothing stands at the contract's address.
        """
        await self._rpc.on_expected_chain()
        if await self._rpc.call("eth_getCode", self._contract, "latest") in (None, "0x"):
            raise PersonMustAct("contract_missing", contract=self._contract)
        nonce = await self._rpc.integer("eth_getTransactionCount", self._account.address, "pending")
        transaction: dict[str, Any] = {
            "to": self._contract,
            "value": 0,
            "gas": GAS,
            "nonce": nonce,
            "chainId": self._rpc.chain_id,
            "data": self._encoder.encode_abi("anchor", [bytes.fromhex(root), size]),
        }
        signed = self._account.sign_transaction(transaction | await self._fees())
        return PreparedTransaction(
            raw=signed.raw_transaction.to_0x_hex(),
            hash=signed.hash.to_0x_hex(),
            nonce=nonce,
            chain_id=self._rpc.chain_id,
            contract=self._contract,
        )

    async def broadcast(self, transaction: PreparedTransaction) -> None:
        """Send exactly these bytes. Once the node knows the transaction, sending it again changes nothing.

        Raises PersonMustAct `anchor_nonce_used` when another transaction took the nonce and the root is not anchored,
        `anchor_account_empty` when the account cannot pay.
        """
        await self._rpc.on_expected_chain()
        try:
            await self._rpc.call("eth_sendRawTransaction", transaction.raw)
        except NodeRefused as refusal:
            if await self._rpc.call("eth_getTransactionByHash", transaction.hash) or await self._anchored_in(
                transaction
            ):
                return
            said = str(refusal).lower()
            if "nonce too low" in said:
                raise PersonMustAct("anchor_nonce_used", nonce=transaction.nonce) from refusal
            if "insufficient funds" in said:
                raise PersonMustAct("anchor_account_empty", account=self._account.address) from refusal
            raise

    async def proof(self, transaction: PreparedTransaction) -> ChainProof | None:
        """What leads from a block hash to the `Anchored` event of this transaction's root; None while pending.

        A transaction that was refused because its root stands already counts by the one that put it there.
        Raises PersonMustAct `anchor_reverted`, `anchor_nonce_used` or `wrong_chain`.
        """
        await self._rpc.on_expected_chain()
        receipt = await self._rpc.call("eth_getTransactionReceipt", transaction.hash)
        if receipt is None or int(receipt["status"], 16) == 0:
            receipt = await self._instead(transaction, mined=receipt is not None)
        if receipt is None or not await self._confirmed(receipt):
            return None
        return await self._prove(receipt, transaction)

    async def close(self) -> None:
        await self._rpc.close()

    async def _instead(self, transaction: PreparedTransaction, *, mined: bool) -> dict[str, Any] | None:
        """The receipt of another transaction that anchored the same root; None when ours may still come."""
        if other := await self._anchored_in(transaction):
            found: dict[str, Any] | None = await self._rpc.call("eth_getTransactionReceipt", other)
            return found
        if mined:
            raise PersonMustAct("anchor_reverted", transaction=transaction.hash)
        taken = await self._rpc.integer("eth_getTransactionCount", self._account.address, "latest")
        # Asked again: ours may have been mined between the two questions.
        if taken > transaction.nonce and not await self._rpc.call("eth_getTransactionReceipt", transaction.hash):
            raise PersonMustAct("anchor_nonce_used", nonce=transaction.nonce)
        return None

    async def _prove(self, receipt: dict[str, Any], transaction: PreparedTransaction) -> ChainProof:
        block = await self._rpc.call("eth_getBlockByHash", receipt["blockHash"], False)
        if block is None:
            raise TryAgain("the block was replaced while it was read")
        hashes: Sequence[str] = block["transactions"]
        proof = prove(
            BlockProof(
                chain_id=self._rpc.chain_id,
                contract=self._contract,
                block=block,
                transactions=[await self._raw(one, transaction) for one in hashes],
                receipts=await self._receipts(block, hashes),
                index=int(receipt["transactionIndex"], 16),
                topics=(ANCHORED, root_of(transaction.raw)),
            )
        )
        return ChainProof(
            block_number=int(block["number"], 16),
            block_hash=block["hash"],
            mined_at=datetime.fromtimestamp(int(block["timestamp"], 16), UTC),
            content=proof,
        )

    async def _receipts(self, block: dict[str, Any], hashes: Sequence[str]) -> list[dict[str, Any]]:
        try:
            found = await self._rpc.call("eth_getBlockReceipts", block["number"])
        except NodeRefused:  # an older node: one by one
            found = [await self._rpc.call("eth_getTransactionReceipt", one) for one in hashes]
        if not found or any(one is None or one["blockHash"] != block["hash"] for one in found):
            raise TryAgain("the block was replaced while its receipts were read")
        return list(found)

    async def _raw(self, hash: str, own: PreparedTransaction) -> bytes:
        raw = own.raw if hash == own.hash else await self._rpc.call("eth_getRawTransactionByHash", hash)
        if raw is None:
            raise TryAgain("the block was replaced while its transactions were read")
        return bytes.fromhex(raw.removeprefix("0x"))

    async def _anchored_in(self, transaction: PreparedTransaction) -> str | None:
        """Hash of the transaction whose event recorded this root, whoever sent it."""
        wanted = {
            "address": self._contract,
            "topics": [ANCHORED, root_of(transaction.raw)],
            "fromBlock": "earliest",
            "toBlock": "latest",
        }
        logs = await self._rpc.call("eth_getLogs", wanted)
        return str(logs[0]["transactionHash"]) if logs else None

    async def _confirmed(self, receipt: dict[str, Any]) -> bool:
        head = await self._rpc.integer("eth_blockNumber")
        return head - int(receipt["blockNumber"], 16) + 1 >= self._confirmations

    async def _fees(self) -> dict[str, int]:
        """EIP-1559 where the chain has a base fee, else one gas price (Besu and Quorum without fees answer 0)."""
        block = await self._rpc.call("eth_getBlockByNumber", "latest", False)
        if block.get("baseFeePerGas") is None:
            return {"gasPrice": await self._rpc.integer("eth_gasPrice")}
        tip = await self._rpc.integer("eth_maxPriorityFeePerGas")
        # Twice the base fee lasts six full blocks of growth (12.5 % each).
        return {"maxPriorityFeePerGas": tip, "maxFeePerGas": 2 * int(block["baseFeePerGas"], 16) + tip}


def root_of(raw: str) -> str:
    """The root that a signed transaction of ours anchors: first argument of its call, 0x hex."""
    encoded = bytes.fromhex(raw.removeprefix("0x"))
    typed = encoded[0] in CALL_DATA
    fields = rlp.decode(encoded[1:] if typed else encoded)
    data: bytes = fields[CALL_DATA[encoded[0]] if typed else 5]
    return "0x" + data[4:36].hex()
