"""A face may be compared when its owner began it by consenting; nothing else is asked of such a confirmation."""

from evidence.findings import Result, Verdict
from evidence.verifier import verify_bytes
from tests.evidence.forge import insider
from tests.evidence.forged.faces import begun, by_face
from tests.evidence.forged.forgery import both
from tests.evidence.held import Script, hold
from tests.evidence.sample import Sample


def test_a_face_compared_with_consent_is_passed(held: Sample) -> None:
    report = verify_bytes(insider(held, hold(Script(held.pki, lie=both(by_face, begun())))), held.trust)
    assert [one for one in report.findings if one.result is not Result.PASS] == []
    assert report.verdict is Verdict.PASSED
