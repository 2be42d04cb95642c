"""The four objects of `anchor/`: how a bundle is tied to a batch, and the batch to a chain.

An anchor proves that bytes existed and have not changed. It is neither signature nor identification
(Real Decreto-ley 14/2019, art. 3: identification and signature systems based on distributed ledgers are
inadmissible).
"""

from dataclasses import dataclass

from evidence.canonical import Malformed, canonical, parse_canonical
from evidence.layout import CHAIN, LEAF, MERKLE
from evidence.limits import MAX_PROOF_NODES, MAX_TREE_DEPTH
from evidence.shapes import Shape

__all__ = ["ChainProof", "LeafOpening", "MerkleProof"]

SCHEME = "sha256-blinded"


@dataclass(frozen=True, slots=True)
class LeafOpening:
    """`anchor/leaf.json`: what the leaf of the batch commits to."""

    blinding: bytes
    """32 random bytes of this leaf alone."""
    bundle_root: bytes
    """SHA-256 of the bytes of `manifest.json`."""

    def to_json(self) -> bytes:
        return canonical({"v": 1, "scheme": SCHEME, "r": self.blinding.hex(), "bundle_root": self.bundle_root.hex()})

    @classmethod
    def parse(cls, data: bytes | memoryview) -> "LeafOpening":
        shape = Shape(parse_canonical(data, LEAF), LEAF, {"v", "scheme", "r", "bundle_root"})
        shape.constant("v", 1)
        shape.constant("scheme", SCHEME)
        return cls(bytes.fromhex(shape.digest("r")), bytes.fromhex(shape.digest("bundle_root")))


@dataclass(frozen=True, slots=True)
class MerkleProof:
    """`anchor/merkle.json`: the way from the leaf to the root of its batch."""

    leaf_index: int
    tree_size: int
    path: tuple[bytes, ...]
    """The siblings, lowest first."""
    root: bytes

    def to_json(self) -> bytes:
        value = {
            "v": 1,
            "leaf_index": self.leaf_index,
            "tree_size": self.tree_size,
            "path": [node.hex() for node in self.path],
            "root": self.root.hex(),
        }
        return canonical(value)

    @classmethod
    def parse(cls, data: bytes | memoryview) -> "MerkleProof":
        shape = Shape(parse_canonical(data, MERKLE), MERKLE, {"v", "leaf_index", "tree_size", "path", "root"})
        shape.constant("v", 1)
        path = shape.array("path")
        if len(path) > MAX_TREE_DEPTH:
            raise Malformed(MERKLE, "PROOF_TOO_LONG", limit=MAX_TREE_DEPTH)
        nodes = tuple(bytes.fromhex(Shape({"path": node}, MERKLE).digest("path")) for node in path)
        root = bytes.fromhex(shape.digest("root"))
        return cls(shape.integer("leaf_index"), shape.integer("tree_size"), nodes, root)


@dataclass(frozen=True, slots=True)
class ChainProof:
    """`anchor/chain.json`: that a contract of a chain recorded the root, provable from one block hash."""

    chain_id: int
    contract: bytes
    """Address of the anchoring contract, 20 bytes."""
    block_number: int
    block_hash: bytes
    header: bytes
    """RLP of the block's header: its Keccak-256 is the block hash."""
    tx_index: int
    """Position of the transaction in its block: the key of both tries."""
    tx_raw: bytes
    """The signed transaction as broadcast (EIP-2718 envelope)."""
    tx_hash: bytes
    tx_proof: tuple[bytes, ...]
    """Trie nodes, root first, from the header's transactionsRoot to `tx_raw`."""
    receipt: bytes
    """The receipt in consensus encoding (type byte and RLP)."""
    receipt_proof: tuple[bytes, ...]
    """Trie nodes, root first, from the header's receiptsRoot to `receipt`."""
    log_index: int
    """Position of the `Anchored` event among the logs of this receipt."""

    def to_json(self) -> bytes:
        value = {
            "v": 1,
            "chain_id": self.chain_id,
            "contract": _hex(self.contract),
            "block_number": self.block_number,
            "block_hash": _hex(self.block_hash),
            "header": _hex(self.header),
            "tx_index": self.tx_index,
            "tx_raw": _hex(self.tx_raw),
            "tx_hash": _hex(self.tx_hash),
            "tx_proof": [_hex(node) for node in self.tx_proof],
            "receipt": _hex(self.receipt),
            "receipt_proof": [_hex(node) for node in self.receipt_proof],
            "log_index": self.log_index,
        }
        return canonical(value)

    @classmethod
    def parse(cls, data: bytes | memoryview) -> "ChainProof":
        shape = Shape(parse_canonical(data, CHAIN), CHAIN, {"v", *cls.__dataclass_fields__})
        shape.constant("v", 1)
        tx_proof, receipt_proof = shape.blobs("tx_proof"), shape.blobs("receipt_proof")
        if max(len(tx_proof), len(receipt_proof)) > MAX_PROOF_NODES:
            raise Malformed(CHAIN, "PROOF_TOO_LONG", limit=MAX_PROOF_NODES)
        return cls(
            chain_id=shape.integer("chain_id"),
            contract=shape.blob("contract", 20),
            block_number=shape.integer("block_number"),
            block_hash=shape.blob("block_hash", 32),
            header=shape.blob("header"),
            tx_index=shape.integer("tx_index"),
            tx_raw=shape.blob("tx_raw"),
            tx_hash=shape.blob("tx_hash", 32),
            tx_proof=tx_proof,
            receipt=shape.blob("receipt"),
            receipt_proof=receipt_proof,
            log_index=shape.integer("log_index"),
        )


def _hex(blob: bytes) -> str:
    return "0x" + blob.hex()
