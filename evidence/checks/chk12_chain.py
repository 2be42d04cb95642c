"""CHK-12: a contract of a chain recorded the root, proved from a block hash that the verifier brought
itself."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from evidence.anchor import ChainProof, MerkleProof
from evidence.checks import Findings, NumberedCheck, shown
from evidence.ethereum import (
    ANCHORED_TOPIC,
    Header,
    Log,
    keccak256,
    read_header,
    read_receipt,
    transaction_chain_id,
)
from evidence.findings import Finding
from evidence.layout import CHAIN, MERKLE
from evidence.opened import OpenedBundle
from evidence.rlp import RlpError
from evidence.trie import ProofBroken, proven_value
from evidence.trust import Checkpoint, Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-12")
WORD = 32
LATEST = 2**37
"""Some two thousand years from now: as far as a date can still be written down."""


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Header, transaction, receipt and log inwards from the block; then the block against the checkpoint."""
    if CHAIN not in bundle.members:
        yield CHECK.undecided(CHAIN, "NOT_ON_CHAIN")
        return
    proof = ChainProof.parse(bundle.read(CHAIN))
    batch = MerkleProof.parse(bundle.read(MERKLE))
    try:
        header = read_header(proof.header)
    except RlpError:
        yield CHECK.failed(f"{CHAIN}#header", "HEADER_UNREADABLE")
        return
    problems = [
        *_header_problems(proof, header),
        *_transaction_problems(proof, header),
        *_receipt_problems(proof, header, batch),
    ]
    yield from problems
    yield from _checkpoint(proof, header, trust.checkpoint, sound=not problems)


def _header_problems(proof: ChainProof, header: Header) -> Iterator[Finding]:
    if header.hash != proof.block_hash:
        yield CHECK.failed(f"{CHAIN}#header", "HEADER_HASH_DIFFERS", number=proof.block_number)
    if header.number != proof.block_number:
        yield CHECK.failed(f"{CHAIN}#header", "HEADER_NUMBER_DIFFERS", number=proof.block_number, found=header.number)


def _transaction_problems(proof: ChainProof, header: Header) -> Iterator[Finding]:
    if keccak256(proof.tx_raw) != proof.tx_hash:
        yield CHECK.failed(f"{CHAIN}#tx_raw", "TRANSACTION_HASH_DIFFERS")
    if not _proves(lambda: proven_value(header.transactions_root, proof.tx_index, proof.tx_proof), proof.tx_raw):
        yield CHECK.failed(f"{CHAIN}#tx_proof", "TRANSACTION_NOT_IN_BLOCK")
    try:
        if transaction_chain_id(proof.tx_raw) not in (proof.chain_id, None):
            yield CHECK.failed(f"{CHAIN}#tx_raw", "TRANSACTION_OF_ANOTHER_CHAIN", chain=proof.chain_id)
    except RlpError:
        yield CHECK.failed(f"{CHAIN}#tx_raw", "TRANSACTION_UNREADABLE")


def _receipt_problems(proof: ChainProof, header: Header, batch: MerkleProof) -> Iterator[Finding]:
    if not _proves(lambda: proven_value(header.receipts_root, proof.tx_index, proof.receipt_proof), proof.receipt):
        yield CHECK.failed(f"{CHAIN}#receipt_proof", "RECEIPT_NOT_IN_BLOCK")
    try:
        receipt = read_receipt(proof.receipt)
    except RlpError:
        yield CHECK.failed(f"{CHAIN}#receipt", "RECEIPT_UNREADABLE")
        return
    if not receipt.succeeded:
        yield CHECK.failed(f"{CHAIN}#receipt", "TRANSACTION_REVERTED")
    elif proof.log_index >= len(receipt.logs):
        yield CHECK.failed(f"{CHAIN}#log_index", "LOG_MISSING")
    else:
        yield from _log_problems(proof, receipt.logs[proof.log_index], batch)


def _log_problems(proof: ChainProof, log: Log, batch: MerkleProof) -> Iterator[Finding]:
    if log.address != proof.contract:
        yield CHECK.failed(f"{CHAIN}#contract", "LOG_OF_ANOTHER_CONTRACT", contract="0x" + log.address.hex())
    if log.topics[:1] != (ANCHORED_TOPIC,) or len(log.topics) != 2 or len(log.data) != 2 * WORD:
        yield CHECK.failed(f"{CHAIN}#receipt", "LOG_IS_NO_ANCHOR")
        return
    if log.topics[1] != batch.root:
        yield CHECK.failed(MERKLE, "ROOT_IS_NOT_THE_RECORDED_ONE", recorded=log.topics[1].hex())
    if int.from_bytes(log.data[:WORD], "big") != batch.tree_size:
        yield CHECK.failed(MERKLE, "TREE_SIZE_IS_NOT_THE_RECORDED_ONE", size=batch.tree_size)


def _checkpoint(proof: ChainProof, header: Header, checkpoint: Checkpoint | None, *, sound: bool) -> Iterator[Finding]:
    """A header proves nothing of itself: anyone can compute one. It counts if the verifier knows its hash."""
    number, time = proof.block_number, shown(datetime.fromtimestamp(min(header.timestamp, LATEST), UTC))
    if checkpoint is None:
        yield CHECK.undecided(f"{CHAIN}#block_hash", "NO_CHECKPOINT", number=number)
    elif checkpoint.chain_id != proof.chain_id:
        yield CHECK.failed(f"{CHAIN}#chain_id", "CHAIN_IS_ANOTHER", chain=proof.chain_id, trusted=checkpoint.chain_id)
    elif checkpoint.contract != proof.contract:
        yield CHECK.failed(f"{CHAIN}#contract", "CONTRACT_IS_ANOTHER", contract="0x" + proof.contract.hex())
    elif number not in checkpoint.blocks:
        yield CHECK.undecided(f"{CHAIN}#block_hash", "BLOCK_NOT_IN_CHECKPOINT", number=number)
    elif checkpoint.blocks[number] != header.hash:
        yield CHECK.failed(f"{CHAIN}#block_hash", "BLOCK_IS_NOT_THE_TRUSTED_ONE", number=number)
    elif sound:
        yield CHECK.passed(
            CHAIN, "ON_CHAIN", chain=proof.chain_id, number=number, time=time, tx="0x" + proof.tx_hash.hex()
        )


def _proves(value: Callable[[], bytes], expected: bytes) -> bool:
    try:
        return value() == expected
    except (ProofBroken, RlpError):
        return False
