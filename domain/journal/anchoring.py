"""Batches of salted leaves under one Merkle root, and what proves that the root stands on a chain."""

import hashlib
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from domain.base import Value
from domain.ids import ProcedureId, Sha256

MINIMUM_LEAVES = 16
"""Batches are padded to a power of two of at least this size, so that volume and timing say little."""

MOST_LEAVES = 1024
"""Leaves of procedures in one batch; the rest wait for the next. Each procedure is told by a signal of the run that
anchored its batch, and three thousand of the engine's events are a history that it likes."""


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


class KeptTransaction(PreparedTransaction):
    """One of the transactions that were signed for a batch; whichever is mined counts."""

    waits_since: datetime
    """When it was kept, or when a reorganisation took it off the chain again."""


class Sent(StrEnum):
    """What a node says of a transaction that it is given."""

    ACCEPTED = "accepted"
    """It waits to be mined, or is mined."""
    PRICE_TOO_LOW = "price_too_low"
    """The same nonce needs a higher fee."""
    NONCE_TAKEN = "nonce_taken"
    """Another transaction of the account has its nonce."""


class Standing(StrEnum):
    """Where the root of a batch stands on the chain."""

    ABSENT = "absent"
    """No block has it; one of its transactions may still be mined."""
    LOST = "lost"
    """No block has it, and none of its transactions can be mined any more."""
    SHALLOW = "shallow"
    """A block has it that is not deep enough yet."""
    FINAL = "final"
    """A block has it under as many others as the policy asks for."""


class AnchoringState(Value):
    """What an operator has to know: does evidence wait for its anchor, and what for."""

    code: str | None = None
    """The refusal that the last attempt met; None when there was none."""
    since: datetime | None = None
    """When that refusal was first met."""
    leaves: int = 0
    """Procedures whose leaf has no final anchor yet."""
    oldest_at: datetime | None = None
    """When the first of them was queued."""


class ChainProof(Value):
    """What the bundle's `anchor/chain.json` holds, plus where to look it up."""

    block_number: int
    block_hash: str
    mined_at: datetime
    """The block's own time."""
    content: dict[str, object] = Field(default_factory=dict)
    """The fields of `anchor/chain.json` as `docs/evidence-format.md` defines them."""

    @property
    def chain_id(self) -> int:
        return int(str(self.content["chain_id"]))

    @property
    def contract(self) -> str:
        return str(self.content["contract"])

    @property
    def transaction(self) -> str:
        """Hash of the transaction that put the root there."""
        return str(self.content["tx_hash"])


class Sighting(Value):
    standing: Standing
    proof: ChainProof | None = None
    """There when the standing is final."""


class LeafProof(Value):
    """Everything that leads from one bundle root to the chain."""

    batch: str
    leaf: Leaf
    index: int
    size: int
    path: tuple[str, ...]
    root: Sha256
    token: bytes
    chain: ChainProof


class AnchoredBatch(Value):
    """A batch and the proof that was kept for it."""

    name: str
    root: Sha256
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
