"""Broken anchors: leaf, path, time-stamp, transaction, receipt, block and chain that are not those of this bundle."""

from dataclasses import replace
from hashlib import sha256

from evidence import rlp
from evidence.anchor import ChainProof, LeafOpening, MerkleProof
from evidence.ethereum import ANCHORED_TOPIC, keccak256
from evidence.layout import CHAIN, LEAF, MANIFEST, MERKLE, ROOT_TOKEN
from evidence.trie import trie_proof
from tests.evidence.forge import defect, with_outer
from tests.evidence.papers import stamp_time
from tests.evidence.sample import BLINDING, Sample


def _merkle(sample: Sample) -> MerkleProof:
    assert sample.outer.merkle is not None
    return sample.outer.merkle


def _chain(sample: Sample) -> ChainProof:
    assert sample.outer.chain is not None
    return sample.outer.chain


@defect(LEAF, "PATH_DOES_NOT_REACH_ROOT")
def leaf_with_another_salt(sample: Sample) -> bytes:
    return with_outer(sample, leaf=LeafOpening(bytes(32), sample.core.bundle_root))


@defect(MANIFEST, "MANIFEST_IS_NOT_THE_ANCHORED_ONE")
def leaf_of_another_bundle(sample: Sample) -> bytes:
    return with_outer(sample, leaf=LeafOpening(bytes(32), bytes(32)))


@defect(MERKLE, "PATH_DOES_NOT_REACH_ROOT")
def merkle_path_swapped(sample: Sample) -> bytes:
    first, second, *rest = _merkle(sample).path
    return with_outer(sample, merkle=replace(_merkle(sample), path=(second, first, *rest)))


@defect(MERKLE, "PATH_DOES_NOT_REACH_ROOT")
def merkle_path_of_another_leaf(sample: Sample) -> bytes:
    return with_outer(sample, merkle=replace(_merkle(sample), leaf_index=4))


@defect(MERKLE, "LEAF_OUTSIDE_TREE")
def leaf_outside_the_tree(sample: Sample) -> bytes:
    return with_outer(sample, merkle=replace(_merkle(sample), leaf_index=5 + 16))


@defect(MERKLE, "TREE_SIZE_WRONG")
def tree_of_another_size(sample: Sample) -> bytes:
    return with_outer(sample, merkle=replace(_merkle(sample), tree_size=32))


@defect(MERKLE, "PROOF_TOO_LONG")
def merkle_path_without_end(sample: Sample) -> bytes:
    return with_outer(sample, merkle=replace(_merkle(sample), path=(bytes(32),) * 1000))


@defect(MERKLE, "ROOT_IS_NOT_THE_RECORDED_ONE")
def batch_that_was_never_anchored(sample: Sample) -> bytes:
    """A sound tree and a sound anchor, but of two batches."""
    root = sha256(b"another batch").digest()
    return with_outer(sample, chain=sample.chain.anchor(sample.contract, root, 16))


@defect(MERKLE, "TREE_SIZE_IS_NOT_THE_RECORDED_ONE")
def batch_anchored_with_another_size(sample: Sample) -> bytes:
    """The contract refuses a root twice, so a second contract takes it; its address is what else is wrong."""
    other = sample.chain.deploy()
    return with_outer(sample, chain=sample.chain.anchor(other, _merkle(sample).root, 64))


@defect(ROOT_TOKEN, "TIMESTAMP_OF_ANOTHER_OBJECT")
def time_stamp_of_another_root(sample: Sample) -> bytes:
    return with_outer(sample, root_token=stamp_time(bytes(32), sample.pki.stamper()))


@defect(ROOT_TOKEN, "CERTIFICATE_NOT_TRUSTED")
def root_dated_by_an_unknown_authority(sample: Sample) -> bytes:
    return with_outer(sample, root_token=stamp_time(_merkle(sample).root, sample.pki.stamper("foreign-tsa")))


@defect(ROOT_TOKEN, "CMS_UNREADABLE")
def seal_in_place_of_the_time_stamp(sample: Sample) -> bytes:
    return with_outer(sample, root_token=sample.outer.seal)


@defect(f"{CHAIN}#receipt_proof", "RECEIPT_NOT_IN_BLOCK")
def receipt_forged(sample: Sample) -> bytes:
    """Another root written into the receipt: the trie does not hold it."""
    proof = _chain(sample)
    forged = proof.receipt.replace(_merkle(sample).root, bytes(32))
    return with_outer(sample, chain=replace(proof, receipt=forged))


@defect(f"{CHAIN}#receipt_proof", "RECEIPT_NOT_IN_BLOCK")
def receipt_forged_with_a_trie_of_its_own(sample: Sample) -> bytes:
    proof = _chain(sample)
    forged = proof.receipt.replace(_merkle(sample).root, bytes(32))
    nodes = trie_proof([forged] * (proof.tx_index + 1), proof.tx_index)
    return with_outer(sample, chain=replace(proof, receipt=forged, receipt_proof=tuple(nodes)))


@defect(f"{CHAIN}#receipt_proof", "RECEIPT_NOT_IN_BLOCK")
def receipt_proof_without_its_last_node(sample: Sample) -> bytes:
    proof = _chain(sample)
    return with_outer(sample, chain=replace(proof, receipt_proof=proof.receipt_proof[:-1]))


@defect(f"{CHAIN}#receipt_proof", "RECEIPT_NOT_IN_BLOCK")
def receipt_proof_with_an_idle_node(sample: Sample) -> bytes:
    proof = _chain(sample)
    return with_outer(sample, chain=replace(proof, receipt_proof=(*proof.receipt_proof, b"\x80")))


@defect(f"{CHAIN}#receipt", "RECEIPT_UNREADABLE")
def receipt_cut_short(sample: Sample) -> bytes:
    proof = _chain(sample)
    return with_outer(sample, chain=replace(proof, receipt=proof.receipt[:-1]))


@defect(f"{CHAIN}#receipt", "TRANSACTION_REVERTED")
def anchoring_refused_by_the_contract(sample: Sample) -> bytes:
    """The same root once more: the transaction is in a block, and it failed."""
    return with_outer(sample, chain=sample.chain.anchor(sample.contract, _merkle(sample).root, 16))


@defect(f"{CHAIN}#log_index", "LOG_MISSING")
def log_that_does_not_exist(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), log_index=1))


@defect(f"{CHAIN}#chain_id", "CHAIN_IS_ANOTHER")
def chain_of_another_number(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), chain_id=1))


@defect(f"{CHAIN}#tx_raw", "TRANSACTION_OF_ANOTHER_CHAIN")
def transaction_signed_for_another_chain(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), chain_id=1))


@defect(f"{CHAIN}#contract", "CONTRACT_IS_ANOTHER")
def contract_of_somebody_else(sample: Sample) -> bytes:
    other = sample.chain.deploy()
    return with_outer(sample, chain=sample.chain.anchor(other, _merkle(sample).root, 16))


@defect(f"{CHAIN}#contract", "LOG_OF_ANOTHER_CONTRACT")
def contract_of_somebody_else_passed_off_as_ours(sample: Sample) -> bytes:
    other = sample.chain.deploy()
    proof = sample.chain.anchor(other, _merkle(sample).root, 16)
    return with_outer(sample, chain=replace(proof, contract=sample.contract))


@defect(f"{CHAIN}#header", "HEADER_HASH_DIFFERS")
def header_changed(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), header=_dated_back(_chain(sample).header)))


@defect(f"{CHAIN}#block_hash", "BLOCK_IS_NOT_THE_TRUSTED_ONE")
def block_invented(sample: Sample) -> bytes:
    """A header is only bytes: one dated ten years earlier hashes as well as any. Only the checkpoint tells."""
    header = _dated_back(_chain(sample).header)
    return with_outer(sample, chain=replace(_chain(sample), header=header, block_hash=keccak256(header)))


@defect(f"{CHAIN}#header", "HEADER_NUMBER_DIFFERS")
def header_of_another_block(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), block_number=_chain(sample).block_number + 1))


@defect(f"{CHAIN}#header", "HEADER_UNREADABLE")
def header_that_is_no_header(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), header=b"\xc0"))


@defect(f"{CHAIN}#tx_raw", "TRANSACTION_HASH_DIFFERS")
def transaction_of_another_hash(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), tx_hash=bytes(32)))


@defect(f"{CHAIN}#tx_proof", "TRANSACTION_NOT_IN_BLOCK")
def transaction_of_another_block(sample: Sample) -> bytes:
    other = sample.chain.anchor(sample.contract, sha256(b"yet another batch").digest(), 16)
    return with_outer(sample, chain=replace(_chain(sample), tx_raw=other.tx_raw, tx_hash=other.tx_hash))


def _dated_back(header: bytes) -> bytes:
    fields = rlp.decode(header)
    assert not isinstance(fields, bytes)
    timestamp = rlp.encode_int(rlp.to_int(fields[11]) - 10 * 365 * 86_400)
    return rlp.encode([*fields[:11], timestamp, *fields[12:]])


@defect(f"{CHAIN}#tx_raw", "TRANSACTION_UNREADABLE")
def transaction_cut_short(sample: Sample) -> bytes:
    return with_outer(sample, chain=replace(_chain(sample), tx_raw=_chain(sample).tx_raw[:-1]))


@defect(f"{CHAIN}#receipt", "LOG_IS_NO_ANCHOR")
def event_of_another_name(sample: Sample) -> bytes:
    proof = _chain(sample)
    return with_outer(sample, chain=replace(proof, receipt=proof.receipt.replace(ANCHORED_TOPIC, bytes(32))))


@defect(LEAF, "LEAF_IS_NOT_THE_ANCHORED_ONE")
def leaf_that_names_another_bundle_under_the_true_salt(sample: Sample) -> bytes:
    """The manifest is the one that was anchored: it is the leaf that was changed."""
    return with_outer(sample, leaf=LeafOpening(BLINDING, bytes(32)))
