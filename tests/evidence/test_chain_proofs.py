"""RLP, tries and headers against a real node, for every fork that changed what a block header holds."""

import pytest

from evidence import rlp
from evidence.ethereum import ANCHORED_TOPIC, keccak256, read_header, read_receipt, transaction_chain_id
from evidence.trie import ProofBroken, proven_value, trie_proof, trie_root
from tests.evidence.chain import Chain


def test_keccak_is_that_of_ethereum() -> None:
    assert keccak256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"


@pytest.mark.parametrize("fork", ["london", "shanghai", "cancun", "prague"])
def test_a_proof_collected_from_a_real_block_leads_from_its_hash_to_the_root(
    fork: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    node = Chain(tmp_path_factory.mktemp(fork), "--hardfork", fork)
    try:
        contract = node.deploy()
        proof = node.anchor(contract, b"\x07" * 32, 16)
    finally:
        node.stop()
    header = read_header(proof.header)
    assert header.hash == proof.block_hash
    assert proven_value(header.transactions_root, proof.tx_index, proof.tx_proof) == proof.tx_raw
    assert proven_value(header.receipts_root, proof.tx_index, proof.receipt_proof) == proof.receipt
    assert transaction_chain_id(proof.tx_raw) == proof.chain_id
    log = read_receipt(proof.receipt).logs[proof.log_index]
    assert (log.address, log.topics) == (contract, (ANCHORED_TOPIC, b"\x07" * 32))


@pytest.mark.parametrize("size", [1, 2, 16, 17, 127, 128, 129, 256, 300])
def test_every_position_of_a_block_can_be_proved_and_no_other(size: int) -> None:
    """Short values stand inside their parents, and keys grow a byte at positions 128 and 256."""
    values = [bytes([number % 250 + 1]) * (1 + number % 40) for number in range(size)]
    root = trie_root(values)
    for index in range(0, size, 1 + size // 40):
        nodes = trie_proof(values, index)
        assert proven_value(root, index, nodes) == values[index]
        with pytest.raises((ProofBroken, rlp.RlpError)):
            proven_value(root, size, nodes)


@pytest.mark.parametrize(
    "damaged",
    ["8100", "b800", "b90001ff", "c1", "c28000ff", "00ff", "", "f800", "bf" + "ff" * 8],
    ids=[
        "byte that needs no prefix",
        "long form of a short string",
        "length with a leading zero",
        "list cut short",
        "bytes after a list",
        "bytes after a byte",
        "nothing",
        "long form of a short list",
        "length beyond the end",
    ],
)
def test_a_value_has_one_encoding_and_no_other_is_read(damaged: str) -> None:
    with pytest.raises(rlp.RlpError):
        rlp.decode(bytes.fromhex(damaged))


def test_nesting_without_end_is_refused() -> None:
    value: rlp.Rlp = b""
    for _ in range(50):
        value = [value]
    with pytest.raises(rlp.RlpError):
        rlp.decode(rlp.encode(value))


def test_what_was_encoded_is_decoded() -> None:
    value: rlp.Rlp = [b"", b"\x00", b"\x7f", b"\x80", b"x" * 56, [[b"a"], []], [b"y" * 300]]
    assert rlp.decode(rlp.encode(value)) == value
