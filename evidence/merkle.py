"""The Merkle tree of one anchoring batch: RFC 9162 domain separation over blinded leaves."""

import hashlib
from collections.abc import Sequence
from typing import Final

__all__ = [
    "MINIMUM_TREE_SIZE",
    "inclusion_path",
    "leaf_hash",
    "merkle_root",
    "node_hash",
    "padded_size",
    "root_from_path",
]

MINIMUM_TREE_SIZE: Final = 16
"""A batch is padded with random leaves to a power of two, at least this: the chain shows no case load."""

LEAF_PREFIX: Final = b"\x00"
NODE_PREFIX: Final = b"\x01"
"""RFC 9162, 2.1.1: without different prefixes an inner node could be passed off as a leaf."""


def leaf_hash(blinding: bytes, bundle_root: bytes) -> bytes:
    """SHA-256(0x00 || r || bundle_root), both of 32 bytes.

    `r` is random and of this leaf alone: without it the leaf says nothing of the bundle, and once `r` is
    destroyed nobody can tell which procedure a root on the chain spoke of (EDPB Guidelines 02/2025).
    """
    if len(blinding) != 32 or len(bundle_root) != 32:
        raise ValueError("blinding and bundle root are of 32 bytes")
    return hashlib.sha256(LEAF_PREFIX + blinding + bundle_root).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(NODE_PREFIX + left + right).digest()


def padded_size(leaves: int) -> int:
    """The number of leaves of the padded tree: the next power of two, at least `MINIMUM_TREE_SIZE`."""
    size = MINIMUM_TREE_SIZE
    while size < leaves:
        size *= 2
    return size


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes whose number is a power of two; `ValueError` otherwise."""
    level = list(leaves)
    _require_power_of_two(len(level))
    while len(level) > 1:
        level = _parents(level)
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The siblings from leaf `index` up to the root, lowest first (RFC 9162, 2.1.3)."""
    level = list(leaves)
    _require_power_of_two(len(level))
    if not 0 <= index < len(level):
        raise ValueError("no such leaf")
    path: list[bytes] = []
    while len(level) > 1:
        path.append(level[index ^ 1])
        level, index = _parents(level), index // 2
    return path


def root_from_path(leaf: bytes, index: int, path: Sequence[bytes]) -> bytes:
    """The root that `path` leads to from `leaf`. The caller checks `index < 2 ** len(path)`."""
    for sibling in path:
        leaf = node_hash(sibling, leaf) if index & 1 else node_hash(leaf, sibling)
        index //= 2
    return leaf


def _parents(level: list[bytes]) -> list[bytes]:
    return [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]


def _require_power_of_two(size: int) -> None:
    if size < 1 or size & (size - 1):
        raise ValueError("the number of leaves is not a power of two")
