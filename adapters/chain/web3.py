"""Anchors roots on an EVM chain: one account, one contract, raw transactions that are kept before they are sent.

The anchor proves that bytes existed; it neither signs nor identifies (RDL 14/2019 art. 3). One transaction is in
flight at a time: nonces are taken by `AnchorBatchWorkflow` alone, of which one runs.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import Web3

from adapters.chain.contract import anchor_contract
from adapters.chain.fees import fees_today, raised, read_call
from adapters.chain.proof import BlockProof, prove
from adapters.chain.rpc import Call, NodeRefused, Rpc
from domain.errors import PersonMustAct, TryAgain
from domain.ids import Sha256
from domain.journal.anchoring import ChainProof, PreparedTransaction, Sent, Sighting, Standing

GAS = 150_000
"""Room enough for one root (about 95,000 the first time, 60,000 after); what is not used is not paid."""
ANCHORED = "0x" + Web3.keccak(text="Anchored(bytes32,uint256,uint256)").hex()
LONGEST_REASON = 200

# What nodes say (geth, Besu, Nethermind, Erigon, anvil); none of them gives the reason a code of its own.
KNOWN = ("already known", "known transaction", "already imported")
NONCE_TAKEN = ("nonce too low", "nonce is too low", "nonce_too_low", "oldnonce", "nonce below")
ACCOUNT_EMPTY = ("insufficient funds", "upfront cost exceeds", "insufficientfunds")
PRICE_TOO_LOW = (
    "underpriced",
    "less than block base fee",
    "gas price below",
    "price too low",
    "fee too low",
    "feetoolow",
)


class ChainWeb3:
    """The `Chain` port. Without a private key it looks, and can anchor nothing."""

    def __init__(
        self, rpc_url: str, chain_id: int, private_key: str | None, contract: str, confirmations: int = 1
    ) -> None:
        self._rpc = Rpc(rpc_url, chain_id)
        self._payer: LocalAccount | None = Account.from_key(private_key) if private_key else None
        self._contract = Web3.to_checksum_address(contract)
        self._encoder = Web3().eth.contract(abi=anchor_contract().abi)
        self._confirmations = confirmations

    async def prepare(self, root: Sha256, size: int) -> PreparedTransaction:
        """As the port says; mined and pending transactions of the account are counted."""
        await self._rpc.on_expected_chain()
        if await self._rpc.call("eth_getCode", self._contract, "latest") in (None, "0x"):
            raise PersonMustAct("contract_missing", contract=self._contract)
        data = self._encoder.encode_abi("anchor", [bytes.fromhex(root), size])
        try:
            await self._call(data)
        except NodeRefused as refusal:
            if "revert" in str(refusal).lower():
                raise PersonMustAct("anchor_reverted", reason=str(refusal)[-LONGEST_REASON:]) from refusal
            raise
        nonce = await self._nonce("pending")
        return self._signed({"gas": GAS, "nonce": nonce, "data": data}, await fees_today(self._rpc))

    async def reprice(self, transaction: PreparedTransaction) -> PreparedTransaction | None:
        await self._rpc.on_expected_chain()
        kept = read_call(transaction.raw)
        fees = raised(kept.fees, await fees_today(self._rpc))
        if fees is None:
            return None
        return self._signed({"gas": kept.gas, "nonce": transaction.nonce, "data": kept.data}, fees)

    async def broadcast(self, transaction: PreparedTransaction) -> Sent:
        await self._rpc.on_expected_chain()
        try:
            await self._rpc.call("eth_sendRawTransaction", transaction.raw)
        except NodeRefused as refusal:
            if await self._rpc.call("eth_getTransactionByHash", transaction.hash):
                return Sent.ACCEPTED
            return self._verdict(str(refusal))
        return Sent.ACCEPTED

    async def look_for(self, root: Sha256, transactions: Sequence[PreparedTransaction]) -> Sighting:
        await self._rpc.on_expected_chain()
        # Before the receipts: a nonce that was taken by then was taken by one of the receipts below, or by a stranger.
        mined, known = await self._nonce("latest"), await self._nonce("pending")
        receipts = [await self._rpc.call("eth_getTransactionReceipt", one.hash) for one in transactions]
        receipt = next(filter(self._anchored, receipts), None) or await self._anchored_by_another(root)
        if receipt is None:
            may_come = [
                one
                for one, receipt in zip(transactions, receipts, strict=True)
                if receipt is None and self._is_ours(one) and mined <= one.nonce <= known
            ]
            return Sighting(standing=Standing.ABSENT if may_come or not transactions else Standing.LOST)
        if not await self._deep_enough(receipt):
            return Sighting(standing=Standing.SHALLOW)
        proof = await self._prove(receipt, root, {one.hash: one.raw for one in transactions})
        if not await self.holds(proof):
            raise TryAgain("the block was replaced while it was read")
        return Sighting(standing=Standing.FINAL, proof=proof)

    async def holds(self, proof: ChainProof) -> bool:
        return not await self.replaced([proof])

    async def replaced(self, proofs: Sequence[ChainProof]) -> tuple[ChainProof, ...]:
        if not proofs:
            return ()
        asked = [Call("eth_getBlockByNumber", (hex(one.block_number), False)) for one in proofs]
        chain_id, *blocks = await self._rpc.calls([Call("eth_chainId"), *asked])
        self._rpc.expect(int(chain_id, 16))
        seen = zip(proofs, blocks, strict=True)
        return tuple(one for one, block in seen if block is None or block["hash"] != one.block_hash)

    async def close(self) -> None:
        await self._rpc.close()

    @property
    def _account(self) -> LocalAccount:
        if self._payer is None:
            raise RuntimeError("this process has no key that could pay for anchoring")
        return self._payer

    def _signed(self, call: dict[str, Any], fees: dict[str, int]) -> PreparedTransaction:
        always: dict[str, Any] = {"to": self._contract, "value": 0, "chainId": self._rpc.chain_id}
        signed = self._account.sign_transaction(always | call | fees)
        return PreparedTransaction(
            raw=signed.raw_transaction.to_0x_hex(),
            hash=signed.hash.to_0x_hex(),
            nonce=call["nonce"],
            chain_id=self._rpc.chain_id,
            contract=self._contract,
        )

    def _verdict(self, refusal: str) -> Sent:
        said = refusal.lower()
        if any(words in said for words in KNOWN):
            return Sent.ACCEPTED
        if any(words in said for words in NONCE_TAKEN):
            return Sent.NONCE_TAKEN
        if any(words in said for words in PRICE_TOO_LOW):
            return Sent.PRICE_TOO_LOW
        if any(words in said for words in ACCOUNT_EMPTY):
            raise PersonMustAct("anchor_account_empty", account=self._account.address)
        raise PersonMustAct("anchor_refused", reason=refusal[-LONGEST_REASON:])

    def _is_ours(self, transaction: PreparedTransaction) -> bool:
        """Whether it is for the chain, contract and account that are configured now; an operator may have moved."""
        there = (transaction.chain_id, Web3.to_checksum_address(transaction.contract))
        sender = Account.recover_transaction(transaction.raw)
        return there == (self._rpc.chain_id, self._contract) and sender == self._account.address

    def _anchored(self, receipt: dict[str, Any] | None) -> bool:
        return (
            receipt is not None
            and int(receipt["status"], 16) == 1
            and Web3.to_checksum_address(receipt["to"]) == self._contract
        )

    async def _anchored_by_another(self, root: Sha256) -> dict[str, Any] | None:
        """The receipt of whatever transaction put this root into the contract, whoever sent it."""
        # Asked of the contract first: many nodes search the events of a whole chain slowly, or not at all.
        number = await self._call(self._encoder.encode_abi("batch_of", [bytes.fromhex(root)]))
        if number == "0x":
            raise PersonMustAct("contract_missing", contract=self._contract)
        if int(number, 16) == 0:
            return None
        wanted = {"address": self._contract, "topics": [ANCHORED, "0x" + root], "fromBlock": "earliest"}
        logs = await self._rpc.call("eth_getLogs", wanted | {"toBlock": "latest"})
        if not logs:
            return None
        found: dict[str, Any] | None = await self._rpc.call("eth_getTransactionReceipt", logs[0]["transactionHash"])
        return found

    async def _prove(self, receipt: dict[str, Any], root: Sha256, kept: dict[str, str]) -> ChainProof:
        block = await self._rpc.call("eth_getBlockByHash", receipt["blockHash"], False)
        if block is None:
            raise TryAgain("the block was replaced while it was read")
        hashes: Sequence[str] = block["transactions"]
        proof = prove(
            BlockProof(
                chain_id=self._rpc.chain_id,
                contract=self._contract,
                block=block,
                transactions=[await self._raw(one, kept) for one in hashes],
                receipts=await self._receipts(block, hashes),
                index=int(receipt["transactionIndex"], 16),
                topics=(ANCHORED, "0x" + root),
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

    async def _raw(self, hash: str, kept: dict[str, str]) -> bytes:
        raw = kept.get(hash) or await self._rpc.call("eth_getRawTransactionByHash", hash)
        if raw is None:
            raise TryAgain("the block was replaced while its transactions were read")
        return bytes.fromhex(raw.removeprefix("0x"))

    async def _deep_enough(self, receipt: dict[str, Any]) -> bool:
        head = await self._rpc.integer("eth_blockNumber")
        return head - int(receipt["blockNumber"], 16) + 1 >= self._confirmations

    async def _nonce(self, block: str) -> int:
        return await self._rpc.integer("eth_getTransactionCount", self._account.address, block)

    async def _call(self, data: str) -> str:
        """What the contract answers, without a transaction."""
        call = {"from": self._account.address, "to": self._contract, "data": data}
        return str(await self._rpc.call("eth_call", call, "latest"))
