"""CHK-10: the leaf opens to this bundle, and its path leads to the root of the batch."""

from evidence.anchor import LeafOpening, MerkleProof
from evidence.checks import Findings, NumberedCheck
from evidence.layout import LEAF, MANIFEST, MERKLE
from evidence.merkle import MINIMUM_TREE_SIZE, leaf_hash, root_from_path
from evidence.opened import OpenedBundle
from evidence.trust import Trust

__all__ = ["check"]

CHECK = NumberedCheck("CHK-10")


def check(bundle: OpenedBundle, trust: Trust) -> Findings:
    """Commitment and inclusion (RFC 9162, 2.1.3.2, over a padded tree)."""
    if LEAF not in bundle.members and MERKLE not in bundle.members:
        yield CHECK.undecided(LEAF, "NOT_ANCHORED")
        return
    leaf = LeafOpening.parse(bundle.read(LEAF))
    proof = MerkleProof.parse(bundle.read(MERKLE))
    if leaf.bundle_root != bundle.bundle_root:
        # The one of the two that leads to the root of the batch is the one that was anchored.
        if _reaches(leaf.blinding, bundle.bundle_root, proof):
            yield CHECK.failed(LEAF, "LEAF_IS_NOT_THE_ANCHORED_ONE")
        else:
            yield CHECK.failed(MANIFEST, "MANIFEST_IS_NOT_THE_ANCHORED_ONE")
        return
    if proof.tree_size < MINIMUM_TREE_SIZE or proof.tree_size != 1 << len(proof.path):
        yield CHECK.failed(MERKLE, "TREE_SIZE_WRONG", size=proof.tree_size)
        return
    if proof.leaf_index >= proof.tree_size:
        yield CHECK.failed(MERKLE, "LEAF_OUTSIDE_TREE", index=proof.leaf_index, size=proof.tree_size)
        return
    if not _reaches(leaf.blinding, leaf.bundle_root, proof):
        # Leaf and path were made together; from the outside the two cannot be told apart, so both are named.
        yield CHECK.failed(MERKLE, "PATH_DOES_NOT_REACH_ROOT")
        yield CHECK.failed(LEAF, "PATH_DOES_NOT_REACH_ROOT")
        return
    yield CHECK.passed(MERKLE, "INCLUDED_IN_BATCH", size=proof.tree_size, root=proof.root.hex())


def _reaches(blinding: bytes, bundle_root: bytes, proof: MerkleProof) -> bool:
    if proof.leaf_index >= 1 << len(proof.path):
        return False
    return root_from_path(leaf_hash(blinding, bundle_root), proof.leaf_index, proof.path) == proof.root
