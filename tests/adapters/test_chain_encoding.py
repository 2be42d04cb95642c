"""What we hash of a chain and what the verifier reads of it: two encoders that know nothing of each other."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.chain import encoding
from evidence import ethereum, trie

VALUES = st.lists(st.binary(min_size=1, max_size=80), min_size=1, max_size=300)
QUANTITY = st.integers(0, 2**256 - 1).map(hex)


def octets(size: int) -> st.SearchStrategy[str]:
    return st.binary(min_size=size, max_size=size).map(lambda data: "0x" + data.hex())


DATA = st.binary(max_size=100).map(lambda data: "0x" + data.hex())
LOGS = st.lists(
    st.fixed_dictionaries({"address": octets(20), "topics": st.lists(octets(32), max_size=4), "data": DATA}), max_size=4
)
RECEIPTS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["0x0", "0x1"]),
        "cumulativeGasUsed": QUANTITY,
        "logsBloom": octets(256),
        "logs": LOGS,
        "type": st.sampled_from(["0x0", "0x1", "0x2", None]),
    }
)


@st.composite
def blocks(draw: st.DrawFn) -> dict[str, Any]:
    """Headers of every fork: each ends where its own field ends."""
    last = draw(st.integers(ethereum.FRONTIER_FIELDS, len(ethereum.HEADER_FIELDS)))
    kinds = {None: QUANTITY, -1: DATA}
    fields = ethereum.HEADER_FIELDS[:last]
    return {name: draw(kinds[width] if width in kinds else octets(int(width or 0))) for name, width in fields}


@given(VALUES, st.data())
def test_a_position_has_root_and_nodes_that_the_verifier_follows(values: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(values) - 1))
    found = encoding.position(values, index)
    assert found.root == trie.trie_root(values)
    assert list(found.nodes) == trie.trie_proof(values, index)
    assert trie.proven_value(found.root, index, found.nodes) == values[index]


@given(RECEIPTS)
def test_a_receipt_is_the_same_bytes(told: dict[str, Any]) -> None:
    assert encoding.receipt(told) == ethereum.encode_receipt(told)


@given(blocks())
def test_a_header_is_the_same_bytes(block: dict[str, Any]) -> None:
    assert encoding.header(block) == ethereum.encode_header(block)
