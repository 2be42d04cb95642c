"""Every known defect is FAILED, and the finding names what is broken."""

import pytest

from evidence.findings import Result, Verdict
from evidence.verifier import verify_bytes
from tests.evidence import broken
from tests.evidence.attackers import attacker_of, holding
from tests.evidence.forge import DEFECTS, Defect
from tests.evidence.sample import Sample

assert broken.__all__, "importing the modules is what fills the table"


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_a_broken_bundle_is_failed_and_its_broken_object_named(defect: Defect, sample: Sample) -> None:
    sample.pki.used.clear()
    bundle = defect.make(sample)
    assert holding(sample.pki.used) is attacker_of(defect)
    report = verify_bytes(bundle, sample.trust)
    assert report.verdict is Verdict.FAILED
    expected = defect.where.format(**sample.names)
    named = {(finding.object, finding.code) for finding in report.findings if finding.result is Result.FAIL}
    assert any(where.startswith(expected) and code == defect.code for where, code in named), named


def test_every_defect_has_a_name_of_its_own() -> None:
    assert len({defect.name for defect in DEFECTS}) == len(DEFECTS) >= 80
