"""Merkle-Patricia tries (Ethereum yellow paper, appendix D): the lists of transactions and receipts of one
block.

Building serves whoever collects a proof; `proven_value` is what the verifier runs on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from Crypto.Hash import keccak

from evidence import rlp
from evidence.limits import MAX_PROOF_NODES

__all__ = ["ProofBroken", "keccak256", "proven_value", "receipt_trie_proof", "trie_proof", "trie_root"]

Nibbles = tuple[int, ...]
EMPTY: Final = b""
HASH_SIZE: Final = 32
"""A node whose encoding is shorter than this stands inside its parent; a longer one is referred to by its
hash."""


class ProofBroken(ValueError):
    """The nodes do not lead from the root to a value under the key."""


def keccak256(data: bytes) -> bytes:
    """Keccak-256 as Ethereum uses it (the padding of the competition, not that of SHA3-256)."""
    return keccak.new(digest_bits=256, data=data).digest()


def trie_root(values: Sequence[bytes]) -> bytes:
    """The root of the trie that maps RLP(position) to each value: a block's receiptsRoot or
    transactionsRoot."""
    return keccak256(rlp.encode(_build(_keyed(values)).node))


def trie_proof(values: Sequence[bytes], index: int) -> list[bytes]:
    """The nodes, root first, that prove `values[index]` in the trie over all values of the block, in
    order."""
    key = _nibbles(rlp.encode(rlp.encode_int(index)))
    if not 0 <= index < len(values):
        raise ValueError("no such position in the block")
    built = _build(_keyed(values))
    encoded = rlp.encode(built.node)
    nodes: list[bytes] = []
    while True:
        nodes.append(encoded)
        reached = _walk(rlp.decode(encoded), key)
        if reached.reference is None:
            return nodes
        key, encoded = reached.key, built.by_hash[reached.reference]


receipt_trie_proof = trie_proof
"""The same trie holds receipts and transactions; the name says what is meant where it is used."""


def proven_value(root: bytes, index: int, nodes: Sequence[bytes]) -> bytes:
    """The value that `nodes` prove at position `index` under `root`; `ProofBroken` (or `RlpError`) otherwise.

    Every node must be used: a proof with idle nodes is not the proof that was made.
    """
    if len(nodes) > MAX_PROOF_NODES:
        raise ProofBroken("too many nodes")
    key = _nibbles(rlp.encode(rlp.encode_int(index)))
    expected: bytes | None = root
    value = EMPTY
    for node in nodes:
        if expected is None or keccak256(node) != expected:
            raise ProofBroken("a node is not the one its parent refers to")
        reached = _walk(rlp.decode(node), key)
        expected, key, value = reached.reference, reached.key, reached.value
    if expected is not None or not value:
        raise ProofBroken("the path ends before the value")
    return value


@dataclass(frozen=True, slots=True)
class _Reached:
    """Where a node leads: to the hash of the next node, or to the value."""

    reference: bytes | None
    key: Nibbles
    value: bytes


@dataclass(slots=True)
class _Built:
    """A subtree: its top node, and every node that is referred to by hash below it."""

    node: rlp.Rlp
    by_hash: dict[bytes, bytes] = field(default_factory=dict)


def _keyed(values: Sequence[bytes]) -> dict[Nibbles, bytes]:
    return {_nibbles(rlp.encode(rlp.encode_int(index))): value for index, value in enumerate(values)}


def _build(entries: Mapping[Nibbles, bytes]) -> _Built:
    if not entries:
        return _Built(EMPTY)
    if len(entries) == 1:
        key, value = next(iter(entries.items()))
        return _Built([_compact(key, leaf=True), value])
    shared = _shared_prefix(list(entries))
    if shared:
        below = _build({key[len(shared) :]: value for key, value in entries.items()})
        return _Built([_compact(shared, leaf=False), _refer(below)], below.by_hash)
    branch: list[rlp.Rlp] = []
    by_hash: dict[bytes, bytes] = {}
    for nibble in range(16):
        below = _build({key[1:]: value for key, value in entries.items() if key and key[0] == nibble})
        branch.append(_refer(below))
        by_hash |= below.by_hash
    branch.append(entries.get((), EMPTY))
    return _Built(branch, by_hash)


def _refer(below: _Built) -> rlp.Rlp:
    """How a parent refers to a node: itself when short, else its hash (and the node is remembered)."""
    if below.node == EMPTY:
        return EMPTY
    encoded = rlp.encode(below.node)
    if len(encoded) < HASH_SIZE:
        return below.node
    digest = keccak256(encoded)
    below.by_hash[digest] = encoded
    return digest


def _walk(node: rlp.Rlp, key: Nibbles) -> _Reached:
    """Follow `key` through a node and the nodes that stand inside it."""
    while True:
        if isinstance(node, bytes):
            raise ProofBroken("a node is missing")
        if len(node) == 17:
            if not key:
                return _Reached(None, (), _value(node[16]))
            child, key = node[key[0]], key[1:]
        elif len(node) == 2:
            part, leaf = _expand(node[0])
            if key[: len(part)] != part or (leaf and key != part):
                raise ProofBroken("the path leaves the key")
            child, key = node[1], key[len(part) :]
            if leaf:
                return _Reached(None, (), _value(child))
        else:
            raise ProofBroken("a node has an impossible number of items")
        if isinstance(child, bytes) and len(child) == HASH_SIZE:
            return _Reached(child, key, EMPTY)
        node = child


def _value(item: rlp.Rlp) -> bytes:
    if not isinstance(item, bytes) or not item:
        raise ProofBroken("no value at the end of the path")
    return item


def _nibbles(key: bytes) -> Nibbles:
    return tuple(nibble for byte in key for nibble in (byte >> 4, byte & 15))


def _shared_prefix(keys: Sequence[Nibbles]) -> Nibbles:
    low, high = min(keys), max(keys)
    length = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[:length]


def _compact(nibbles: Nibbles, *, leaf: bool) -> bytes:
    """Hex-prefix encoding (appendix C): the first nibble says leaf or extension, even or odd."""
    odd = len(nibbles) % 2
    flag = 2 * leaf + odd
    padded = (flag, *nibbles) if odd else (flag, 0, *nibbles)
    return bytes(high << 4 | low for high, low in zip(padded[::2], padded[1::2], strict=True))


def _expand(item: rlp.Rlp) -> tuple[Nibbles, bool]:
    if not isinstance(item, bytes) or not item or item[0] >> 4 > 3:
        raise ProofBroken("a node's path is not in hex-prefix form")
    nibbles = _nibbles(item)
    leaf, odd = bool(nibbles[0] & 2), bool(nibbles[0] & 1)
    return (nibbles[1:] if odd else nibbles[2:]), leaf
