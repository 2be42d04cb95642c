"""The builder refuses parts that contradict each other; records and trees are made as the format says."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from evidence.bundle import BundleRefused, Core, build_core
from evidence.container import ContainerRefused
from evidence.merkle import inclusion_path, leaf_hash, merkle_root, node_hash, padded_size, root_from_path
from evidence.parts import CoreParts, IdentityFile, Opening
from evidence.signature_record import MANDATORY_FIELDS, SignatureRecordIncomplete, record_bytes
from tests.evidence.forge import flip
from tests.evidence.sample import Sample


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda parts: replace(parts, events=[]), "JOURNAL_EMPTY"),
        (lambda parts: replace(parts, events=parts.events[1:]), "EVENT_OUT_OF_SEQUENCE"),
        (lambda parts: replace(parts, resolved_type={}), "TYPE_HASH_DIFFERS"),
        (lambda parts: replace(parts, openings=[Opening(0, bytes(32), {})]), "OPENING_DIFFERS"),
        (lambda parts: replace(parts, openings=[Opening(99, bytes(32), {})]), "OPENING_WITHOUT_EVENT"),
        (
            lambda parts: replace(parts, documents=[replace(parts.documents[0], content=b"other")]),
            "DOCUMENT_HASH_DIFFERS",
        ),
        (
            lambda parts: replace(parts, identity_files=[IdentityFile("../x", b"", "image/png", True, "0" * 64)]),
            "PATH_NOT_IN_LAYOUT",
        ),
        (
            lambda parts: replace(
                parts,
                identity_files=[IdentityFile("x", content, "image/png", True, "0" * 64) for content in (b"1", b"2")],
            ),
            "MEMBER_TWICE",
        ),
    ],
)
def test_parts_that_contradict_each_other_make_no_bundle(
    change: Callable[[CoreParts], CoreParts], code: str, sample: Sample
) -> None:
    with pytest.raises(BundleRefused) as refused:
        build_core(change(sample.parts))
    assert refused.value.code == code


def test_a_core_is_kept_between_closing_and_anchoring(sample: Sample) -> None:
    assert Core.from_zip(sample.core.to_zip()) == sample.core


def test_a_kept_core_that_was_damaged_is_not_taken_up_again(sample: Sample) -> None:
    kept = sample.core.to_zip()
    with pytest.raises(ContainerRefused):
        Core.from_zip(flip(kept, 8 * (kept.index(b"ESPA") + 100)))


@pytest.mark.parametrize("field", [*MANDATORY_FIELDS, "document_pages", "participant"])
def test_no_record_is_made_without_a_mandatory_field(field: str) -> None:
    names = (*MANDATORY_FIELDS, "id", "procedure", "participant")
    complete: dict[str, object] = {**dict.fromkeys(names, "x"), "document_pages": 1}
    assert record_bytes(complete).startswith(b"{")
    for absent in ({key: value for key, value in complete.items() if key != field}, {**complete, field: ""}):
        with pytest.raises(SignatureRecordIncomplete) as refused:
            record_bytes(absent)
        assert refused.value.fields == (field,)


def test_every_leaf_of_a_batch_leads_to_its_root() -> None:
    leaves = [leaf_hash(sha256(bytes([number])).digest(), bytes(32)) for number in range(16)]
    root = merkle_root(leaves)
    for index, leaf in enumerate(leaves):
        assert root_from_path(leaf, index, inclusion_path(leaves, index)) == root


def test_a_tree_of_two_is_one_node() -> None:
    assert merkle_root([b"l" * 32, b"r" * 32]) == node_hash(b"l" * 32, b"r" * 32)
    assert node_hash(b"", b"") == sha256(b"\x01").digest()


@pytest.mark.parametrize(("leaves", "size"), [(0, 16), (1, 16), (16, 16), (17, 32), (1000, 1024)])
def test_a_batch_shows_no_case_load(leaves: int, size: int) -> None:
    assert padded_size(leaves) == size


def test_a_tree_that_is_not_padded_is_refused() -> None:
    with pytest.raises(ValueError, match="power of two"):
        merkle_root([bytes(32)] * 3)
