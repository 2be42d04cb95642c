"""What the domain computes is what the stranger's verifier computes: two implementations, the same numbers."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import ProcedureId, Sha256
from domain.journal import anchoring
from domain.journal.chain import (
    GENESIS,
    ChainHead,
    JournalEntry,
    Stamp,
    advance,
    commitment,
    entry,
    instant,
    nonce,
)
from evidence import journal as verifier
from evidence import merkle

SEED = bytes(range(32))
PROCEDURE = ProcedureId("prc_sample")
CONTENTS = st.dictionaries(
    st.text(), st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text() | st.lists(st.text())
)
LEAVES = st.integers(0, 5).flatmap(
    lambda n: st.lists(st.binary(min_size=32, max_size=32), min_size=2**n, max_size=2**n)
)


def written(contents: list[dict[str, Any]]) -> list[JournalEntry]:
    head, entries = ChainHead(), []
    for number, content in enumerate(contents):
        at = datetime(2026, 11, 20, 9, tzinfo=UTC) + timedelta(seconds=number)
        line = entry(
            head,
            procedure=PROCEDURE,
            seed=SEED,
            stamp=Stamp(actor="acc_1", role="clerk", at=at),
            type="item_filled",
            content=content,
            subjects=("ab" * 32,),
            build="b1",
        )
        entries.append(line)
        head = advance(head, line)
    return entries


@given(st.lists(CONTENTS, min_size=1, max_size=6))
def test_a_journal_of_ours_has_no_break_for_the_verifier(contents: list[dict[str, Any]]) -> None:
    entries = written(contents)
    events = [verifier.read_event(json.loads(line.line), "log/events.jsonl") for line in entries]

    assert list(verifier.breaks(events, PROCEDURE)) == []
    assert [event.hash for event in events] == [line.hash for line in entries]
    assert GENESIS == verifier.ZERO_HASH


@given(CONTENTS, st.integers(0, 2**63))
def test_nonces_and_commitments_are_those_of_the_verifier(content: dict[str, Any], seq: int) -> None:
    assert nonce(SEED, seq) == verifier.derive_nonce(SEED, seq)
    assert commitment(SEED, seq, content) == verifier.data_commitment(nonce(SEED, seq), content)


def test_another_content_another_number_or_another_seed_is_another_commitment() -> None:
    same = commitment(SEED, 1, {"a": 1})

    others = [commitment(SEED, 1, {"a": 2}), commitment(SEED, 2, {"a": 1}), commitment(SEED[::-1], 1, {"a": 1})]
    assert len({same, *others}) == 4
    assert commitment(SEED, 1, {"a": 1}) == same


def test_a_line_left_out_or_changed_breaks_the_chain() -> None:
    entries = written([{"n": n} for n in range(4)])
    events = [verifier.read_event(json.loads(line.line), "log") for line in entries]
    changed = json.loads(entries[1].line) | {"actor": "acc_2"}

    left_out = [broken.code for broken in verifier.breaks([*events[:1], *events[2:]], PROCEDURE)]
    forged = [events[0], verifier.read_event(changed, "log"), *events[2:]]

    assert "EVENT_CHAIN_BROKEN" in left_out and "EVENT_OUT_OF_SEQUENCE" in left_out
    assert [(broken.seq, broken.code) for broken in verifier.breaks(forged, PROCEDURE)] == [(2, "EVENT_CHAIN_BROKEN")]


def test_an_instant_is_written_in_utc_with_microseconds() -> None:
    summer = datetime(2026, 7, 1, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=2)))

    assert instant(summer) == "2026-07-01T10:00:00.000001Z"


@given(LEAVES)
def test_roots_and_paths_are_those_of_the_verifier(leaves: list[bytes]) -> None:
    root = anchoring.merkle_root(leaves)

    assert root == merkle.merkle_root(leaves)
    for index, leaf in enumerate(leaves):
        path = anchoring.inclusion_path(leaves, index)
        assert path == merkle.inclusion_path(leaves, index)
        assert merkle.root_from_path(leaf, index, path) == root


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_leaves_and_nodes_are_those_of_the_verifier(salt: bytes, root: bytes) -> None:
    leaf = anchoring.Leaf(procedure=None, salt=salt.hex(), bundle_root=Sha256(root.hex()))

    assert leaf.hash == merkle.leaf_hash(salt, root) != hashlib.sha256(salt + root).digest()
    assert anchoring.node(salt, root) == merkle.node_hash(salt, root) != leaf.hash


@given(st.integers(0, 5000))
def test_batches_are_padded_as_the_verifier_expects(count: int) -> None:
    size = anchoring.padded_size(count)

    assert size == merkle.padded_size(count) >= max(count, anchoring.MINIMUM_LEAVES)
    assert size & (size - 1) == 0


@pytest.mark.parametrize("count", [0, 3, 5, 17])
def test_a_batch_that_is_not_padded_has_no_root(count: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        anchoring.merkle_root([bytes(32)] * count)
