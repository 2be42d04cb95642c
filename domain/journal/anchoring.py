"""Batches of salted leaves under one Merkle root, and what proves that the root stands on a chain."""

import hashlib
from datetime import datetime

from pydantic import Field

from domain.base import Value
from domain.ids import ProcedureId, Sha256

MINIMUM_LEAVES = 16
"""Batches are padded to a power of two of at least this size, so that volume and timing say little."""


class Leaf(Value):
    """A blinded commitment to one bundle. `procedure` is None for padding."""

    procedure: ProcedureId | None
    salt: str
    """32 random bytes in hex."""
    bundle_root: Sha256

    @property
    def hash(self) -> bytes:
        """SHA-256(0x00 || salt || bundle_root): hiding and binding, as docs/evidence-format.md says."""
        return hashlib.sha256(b"\x00" + bytes.fromhex(self.salt) + bytes.fromhex(self.bundle_root)).digest()


class Batch(Value):
    name: str
    leaves: tuple[Leaf, ...]
    root: Sha256


class PreparedTransaction(Value):
    """A signed transaction, kept before it is sent, so that it can be sent again byte for byte."""

    raw: str
    """Hex with 0x."""
    hash: str
    nonce: int
    chain_id: int
    contract: str


class ChainProof(Value):
    """What the bundle's `anchor/chain.json` holds, plus where to look it up."""

    block_number: int
    block_hash: str
    mined_at: datetime
    """The block's own time."""
    content: dict[str, object] = Field(default_factory=dict)
    """The fields of `anchor/chain.json` as `docs/evidence-format.md` defines them."""


class LeafProof(Value):
    """Everything that leads from one bundle root to the chain."""

    batch: str
    leaf: Leaf
    index: int
    size: int
    path: tuple[str, ...]
    root: Sha256
    token: bytes
    transaction: PreparedTransaction
    chain: ChainProof


def node(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right). Standard: RFC 9162 section 2.1 domain separation."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def merkle_root(leaves: list[bytes]) -> bytes:
    """Root over a power of two of leaf hashes."""
    if not leaves or len(leaves) & (len(leaves) - 1):
        raise ValueError("a batch has a power of two of leaves")
    level = leaves
    while len(level) > 1:
        level = [node(level[n], level[n + 1]) for n in range(0, len(level), 2)]
    return level[0]


def inclusion_path(leaves: list[bytes], index: int) -> list[bytes]:
    """Sibling hashes from leaf `index` up to below the root."""
    path, level = [], leaves
    while len(level) > 1:
        path.append(level[index ^ 1])
        level = [node(level[n], level[n + 1]) for n in range(0, len(level), 2)]
        index //= 2
    return path


def padded_size(count: int) -> int:
    """The power of two, at least `MINIMUM_LEAVES`, that holds `count` leaves."""
    return max(MINIMUM_LEAVES, 1 << (count - 1).bit_length() if count else 1)
