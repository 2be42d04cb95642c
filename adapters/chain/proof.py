"""Builds the content of `anchor/chain.json` from what a node says of one block, and believes none of it unchecked.

Of the verifier's package it uses the form of the file alone: what is hashed here is encoded by `encoding`, so that the
verifier, whose encoders are others, would find a mistake.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from adapters.chain import encoding
from domain.errors import PersonMustAct
from evidence.anchor import ChainProof


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
    header = encoding.header(seen.block)
    receipts = [encoding.receipt(receipt) for receipt in seen.receipts]
    own_receipt = encoding.position(receipts, seen.index)
    own_transaction = encoding.position(seen.transactions, seen.index)
    holds = {
        "header": keccak(header) == octets(seen.block["hash"]),
        "receipts": own_receipt.root == octets(seen.block["receiptsRoot"]),
        "transactions": own_transaction.root == octets(seen.block["transactionsRoot"]),
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
        tx_hash=keccak(raw),
        tx_proof=own_transaction.nodes,
        receipt=receipts[seen.index],
        receipt_proof=own_receipt.nodes,
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
