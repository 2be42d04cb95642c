"""Builds the content of `anchor/chain.json` from what a node says of one block, and believes none of it unchecked.

Uses the verifier's own encoders (`evidence`), so that what is proved here is what is checked there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.errors import PersonMustAct
from evidence.anchor import ChainProof
from evidence.ethereum import encode_header, encode_receipt, keccak256
from evidence.trie import trie_proof, trie_root


@dataclass(frozen=True)
class BlockProof:
    """One block as JSON-RPC shows it, and where in it the event is."""

    chain_id: int
    contract: str
    block: dict[str, Any]
    transactions: Sequence[bytes]
    """Every transaction of the block, signed and raw, in order."""
    receipts: Sequence[dict[str, Any]]
    index: int
    topics: tuple[str, str]
    """Of the event: its signature and the root."""


def prove(seen: BlockProof) -> dict[str, object]:
    """The fields of `anchor/chain.json`.

    Raises PersonMustAct `chain_proof_impossible` when what the node says does not hash to what the block says.
    """
    header = encode_header(seen.block)
    receipts = [encode_receipt(receipt) for receipt in seen.receipts]
    holds = {
        "header": keccak256(header) == octets(seen.block["hash"]),
        "receipts": trie_root(receipts) == octets(seen.block["receiptsRoot"]),
        "transactions": trie_root(seen.transactions) == octets(seen.block["transactionsRoot"]),
    }
    for part, sound in holds.items():
        if not sound:
            raise PersonMustAct("chain_proof_impossible", part=part, block=seen.block["hash"])
    raw = seen.transactions[seen.index]
    proof = ChainProof(
        chain_id=seen.chain_id,
        contract=octets(seen.contract),
        block_number=int(seen.block["number"], 16),
        block_hash=octets(seen.block["hash"]),
        header=header,
        tx_index=seen.index,
        tx_raw=raw,
        tx_hash=keccak256(raw),
        tx_proof=tuple(trie_proof(seen.transactions, seen.index)),
        receipt=receipts[seen.index],
        receipt_proof=tuple(trie_proof(receipts, seen.index)),
        log_index=log_position(seen),
    )
    content: dict[str, object] = json.loads(proof.to_json())
    return content


def log_position(seen: BlockProof) -> int:
    """The place of the event among the logs of its own receipt."""
    for position, log in enumerate(seen.receipts[seen.index]["logs"]):
        if octets(log["address"]) == octets(seen.contract) and tuple(log["topics"]) == seen.topics:
            return position
    raise PersonMustAct("chain_proof_impossible", part="log", block=seen.block["hash"])


def octets(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))
