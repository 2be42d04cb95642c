"""A real EVM node for the session, our contract on it, and the proof that a bundle needs of one anchoring."""

import json
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vyper import compile_code

from evidence.anchor import ChainProof
from evidence.ethereum import encode_header, encode_receipt, keccak256
from evidence.trie import receipt_trie_proof, trie_proof

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "adapters" / "chain" / "contract" / "anchor.vy"
ANCHOR_SELECTOR = keccak256(b"anchor(bytes32,uint256)")[:4]


@dataclass(frozen=True)
class Block:
    """A block with everything needed to prove what is in it."""

    rpc: dict[str, Any]
    transactions: list[bytes]
    receipts: list[dict[str, Any]]

    @property
    def number(self) -> int:
        return int(self.rpc["number"], 16)

    @property
    def hash(self) -> bytes:
        return _bytes(self.rpc["hash"])


class Chain:
    """One anvil process. Blocks are mined when a test says so, so that several transactions share one."""

    def __init__(self, directory: Path, *options: str) -> None:
        binary = next((ROOT / "node_modules" / "@foundry-rs").glob("anvil-*/bin/anvil"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}"
        command = [str(binary), "--host", "127.0.0.1", "--port", str(port), "--no-mining", "--silent", *options]
        self._process = subprocess.Popen(command, cwd=directory, stdout=subprocess.DEVNULL)
        self._wait()
        self.anchored: dict[int, bytes] = {}
        self.chain_id = int(self.call("eth_chainId"), 16)
        self.account: str = self.call("eth_accounts")[0]

    def deploy(self) -> bytes:
        """The address of a fresh contract."""
        code = compile_code(CONTRACT.read_text("utf-8"), output_formats=["bytecode"])["bytecode"]
        self.send(data=code)
        return _bytes(self.mine().receipts[0]["contractAddress"])

    def send(self, **fields: str) -> str:
        """Put a transaction in the pool; its hash."""
        sent: str = self.call("eth_sendTransaction", {"from": self.account, "gas": "0x200000", **fields})
        return sent

    def anchor(self, contract: bytes, root: bytes, size: int) -> ChainProof:
        """Anchor a root in a block that holds others' transactions too, and collect the proof."""
        self.send(to=self.account, value="0x1", gasPrice="0x77359400")  # a legacy transaction
        calldata = ANCHOR_SELECTOR + root + size.to_bytes(32, "big")
        sent = self.send(to="0x" + contract.hex(), data="0x" + calldata.hex())
        self.send(to=self.account, value="0x2")
        block = self.mine()
        self.anchored[block.number] = block.hash
        return prove(block, sent, self.chain_id, contract)

    def mine(self) -> Block:
        self.call("evm_mine")
        rpc = self.call("eth_getBlockByNumber", "latest", False)
        hashes = rpc["transactions"]
        raw = [_bytes(self.call("eth_getRawTransactionByHash", tx)) for tx in hashes]
        return Block(rpc, raw, [self.call("eth_getTransactionReceipt", tx) for tx in hashes])

    def call(self, method: str, *params: Any) -> Any:
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
        request = urllib.request.Request(self._url, body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            value = json.load(answer)
        if "error" in value:
            raise RuntimeError(value["error"])
        return value["result"]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self.call("eth_chainId")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the node did not start")


def prove(block: Block, tx_hash: str, chain_id: int, contract: bytes) -> ChainProof:
    """What `anchor/chain.json` must hold, from a block and the receipts and raw transactions in it."""
    index = [receipt["transactionHash"] for receipt in block.receipts].index(tx_hash)
    receipts = [encode_receipt(receipt) for receipt in block.receipts]
    return ChainProof(
        chain_id=chain_id,
        contract=contract,
        block_number=block.number,
        block_hash=block.hash,
        header=encode_header(block.rpc),
        tx_index=index,
        tx_raw=block.transactions[index],
        tx_hash=_bytes(tx_hash),
        tx_proof=tuple(trie_proof(block.transactions, index)),
        receipt=receipts[index],
        receipt_proof=tuple(receipt_trie_proof(receipts, index)),
        log_index=0,
    )


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
