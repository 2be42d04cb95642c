"""What a reader of EN 319 102-1 is told of each signature, beside our own stricter verdict."""

import pytest

from evidence.account import Indication
from evidence.findings import Finding, Report, Result
from evidence.indications import MEANINGS, read_indications
from evidence.trust import Trust
from evidence.verifier import verify_bytes
from tests.evidence.sample import Sample

MAIN = {"TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"}


def indications(report: Report) -> dict[str, Indication]:
    return {one.object: one for one in read_indications(report.findings)}


def test_every_signature_seal_and_time_stamp_has_one(held: Sample) -> None:
    found = indications(verify_bytes(held.bundle, held.trust))
    assert {"manifest.p7s", "manifest.tst", "anchor/tsa.tst"} < set(found)
    assert len([where for where in found if where.startswith("documents/")]) == 4
    assert {one.main for one in found.values()} == {"TOTAL-PASSED"}


def test_without_roots_nothing_is_passed(held: Sample) -> None:
    found = indications(verify_bytes(held.bundle, Trust()))
    assert {(one.main, one.sub) for one in found.values()} == {("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")}


def test_the_worst_is_said() -> None:
    told = [
        Finding("CHK-05", Result.PASS, "a.pdf#s", "SIGNATURE_INTACT"),
        Finding("CHK-06", Result.INDETERMINATE, "a.pdf#s", "REVOCATION_STALE"),
        Finding("CHK-06", Result.FAIL, "a.pdf#s", "CERTIFICATE_REVOKED"),
    ]
    assert read_indications(told) == (Indication("a.pdf#s", "TOTAL-FAILED", "REVOKED"),)


@pytest.mark.parametrize("code", MEANINGS)
def test_no_finding_that_is_bad_is_a_pass(code: str) -> None:
    main, sub = MEANINGS[code]
    assert main in MAIN - {"TOTAL-PASSED"}
    assert sub
