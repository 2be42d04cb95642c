"""A true bundle is PASSED, what is missing makes it INDETERMINATE, and no single bit may change."""

import io
import random
import zipfile
from dataclasses import replace

import pytest

from evidence.bundle import assemble, build_core
from evidence.canonical import Malformed, parse_canonical
from evidence.container import pack, unpack
from evidence.findings import Report, Result, Verdict
from evidence.layout import CHAIN, LEAF, ROOT_TOKEN, SEAL, SEAL_TOKEN
from evidence.parts import Pki
from evidence.trust import Trust
from evidence.verifier import CHECKS, verify_bytes
from tests.evidence.broken.minutes import signed_by_the_clerk
from tests.evidence.broken.signatures import with_minutes
from tests.evidence.forge import flip, insider, members_of
from tests.evidence.papers import sign
from tests.evidence.sample import Sample

BIT_FLIPS = 156


def open_points(report: Report) -> set[tuple[str, str]]:
    return {(one.object, one.code) for one in report.findings if one.result is Result.INDETERMINATE}


def test_a_complete_bundle_is_passed_and_every_check_has_spoken(held: Sample) -> None:
    report = verify_bytes(held.bundle, held.trust)
    assert report.verdict is Verdict.PASSED
    assert {finding.result for finding in report.findings} == {Result.PASS}
    # CHK-09 has nothing to say of an act that nobody recorded.
    assert {finding.check for finding in report.findings} == {name for name, _ in CHECKS} - {"CHK-09"}


def test_the_same_parts_make_the_same_bytes(held: Sample) -> None:
    again = build_core(held.parts)
    assert again == held.core
    assert assemble(again, held.outer) == held.bundle


def test_without_trust_the_best_verdict_is_indeterminate(held: Sample) -> None:
    report = verify_bytes(held.bundle)
    assert report.verdict is Verdict.INDETERMINATE
    assert ("manifest.json", "NO_TRUST_GIVEN") in open_points(report)


@pytest.mark.parametrize("missing", ["signature_roots", "timestamp_roots", "checkpoint", "permitted"])
def test_trust_in_part_leaves_points_open(missing: str, held: Sample) -> None:
    partly = replace(held.trust, **{missing: getattr(Trust(), missing)})
    assert verify_bytes(held.bundle, partly).verdict is Verdict.INDETERMINATE


def test_a_block_that_the_checkpoint_does_not_know_leaves_a_point_open(held: Sample) -> None:
    trust = held.trust
    assert trust.checkpoint is not None
    report = verify_bytes(held.bundle, replace(trust, checkpoint=replace(trust.checkpoint, blocks={})))
    assert report.verdict is Verdict.INDETERMINATE
    assert open_points(report) == {(f"{CHAIN}#block_hash", "BLOCK_NOT_IN_CHECKPOINT")}


@pytest.mark.parametrize(
    ("part", "where", "code"),
    [
        ("seal", SEAL, "NOT_SEALED"),
        ("seal_token", SEAL_TOKEN, "SEAL_NOT_TIMESTAMPED"),
        ("chain", CHAIN, "NOT_ON_CHAIN"),
        ("root_token", ROOT_TOKEN, "ROOT_NOT_TIMESTAMPED"),
    ],
)
def test_a_bundle_on_its_way_is_not_yet_passed(part: str, where: str, code: str, held: Sample) -> None:
    report = verify_bytes(assemble(held.core, replace(held.outer, **{part: None})), held.trust)
    assert report.verdict is Verdict.INDETERMINATE
    assert (where, code) in open_points(report)


def test_a_bundle_before_its_batch_is_not_yet_passed(held: Sample) -> None:
    sealed = replace(held.outer, leaf=None, merkle=None, chain=None, root_token=None)
    report = verify_bytes(assemble(held.core, sealed), held.trust)
    assert report.verdict is Verdict.INDETERMINATE
    assert (LEAF, "NOT_ANCHORED") in open_points(report)


def test_without_revocation_data_a_certificate_is_not_taken_on_faith(held: Sample) -> None:
    parts = replace(held.parts, pki=Pki(certificates=[held.pki.certificate("issuing").dump()]))
    report = verify_bytes(insider(held, parts), held.trust)
    assert report.verdict is Verdict.INDETERMINATE
    assert {code for _, code in open_points(report)} == {"REVOCATION_UNKNOWN"}


def test_a_signature_without_time_stamp_leaves_a_point_open(sample: Sample) -> None:
    untimed = sign(signed_by_the_clerk(sample), "seal", sample.pki.signer("seal"), None)
    report = verify_bytes(with_minutes(sample, lambda _: untimed), sample.trust)
    assert report.verdict is not Verdict.PASSED
    assert {code for _, code in open_points(report)} >= {"SIGNATURE_NOT_TIMESTAMPED", "NO_PROVEN_TIME"}


def test_withheld_data_leave_the_chain_provable_and_the_signature_open(held: Sample) -> None:
    read = next(event["seq"] for event in held.parts.events if event["type"] == "document_page_read")
    opened = [one for one in held.parts.openings if one.seq != read]
    report = verify_bytes(insider(held, replace(held.parts, openings=opened)), held.trust)
    told = {(one.code, one.result) for one in report.findings if one.check == "CHK-03"}
    assert ("JOURNAL_UNBROKEN", Result.PASS) in told
    assert ("OPENINGS_WITHHELD", Result.PASS) in told
    assert (f"log/events.jsonl#{read}", "OPENING_NEEDED") in open_points(report)


def test_any_single_bit_changed_in_any_member_is_failed_and_the_member_named(lean_sample: Sample) -> None:
    """Each member is repacked with a true checksum: what is found is found by the evidence, not by the ZIP."""
    chance = random.Random(20260302)
    members = members_of(lean_sample.bundle)
    names = sorted(members)
    for number in range(BIT_FLIPS):
        name = names[number % len(names)]
        position = chance.randrange(len(members[name]) * 8)
        broken = pack({**members, name: flip(members[name], position)})
        report = verify_bytes(broken, lean_sample.trust)
        named = {one.object.partition("#")[0] for one in report.findings if one.result is Result.FAIL}
        assert report.verdict is Verdict.FAILED, (name, position)
        assert name in named, (name, position, named)


def test_any_single_bit_changed_in_the_file_itself_is_failed(lean_sample: Sample) -> None:
    chance = random.Random(20260303)
    for _ in range(BIT_FLIPS // 4):
        position = chance.randrange(len(lean_sample.bundle) * 8)
        assert verify_bytes(flip(lean_sample.bundle, position), lean_sample.trust).verdict is Verdict.FAILED, position


def test_any_zip_tool_can_open_a_bundle(held: Sample) -> None:
    with zipfile.ZipFile(io.BytesIO(held.bundle)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == members_of(held.bundle)


def test_an_endless_string_is_refused_in_linear_time() -> None:
    with pytest.raises(Malformed, match="JSON_UNREADABLE"):
        parse_canonical(b'"' + b'\\"' * 2_000_000, "manifest.json")


def test_brackets_inside_strings_do_not_count_as_depth() -> None:
    text = b'["' + b"[" * 500 + b'\\"' + b"{" * 500 + b'"]'
    assert len(parse_canonical(text, "manifest.json")) == 1


def test_a_container_is_read_as_it_was_written() -> None:
    members = {"a": b"", "b/c.txt": b"text", "b.txt": b"\0" * 10}
    container = unpack(pack(members))
    assert {name: bytes(content) for name, content in container.members.items()} == members
    assert container.damaged == ()
