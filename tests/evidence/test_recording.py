"""CHK-09 on a true recording: the chain holds, declared gaps are no fault, and what was lost is said."""

from evidence.findings import Result, Verdict
from evidence.layout import RECORDING
from evidence.verifier import verify_bytes
from tests.evidence.recordings import recorded, with_lines
from tests.evidence.sample import Sample


def findings(bundle: bytes, sample: Sample) -> dict[str, dict[str, str | int]]:
    report = verify_bytes(bundle, sample.trust)
    assert report.verdict is Verdict.PASSED, [f for f in report.findings if f.result is not Result.PASS]
    return {found.code: dict(found.parameters) for found in report.findings if found.object == RECORDING}


def test_a_true_recording_passes_with_its_declared_gaps(sample: Sample) -> None:
    assert findings(recorded(sample), sample) == {"RECORDING_CHAIN_HOLDS": {"parts": 2, "segments": 6, "gaps": 2}}


def test_what_the_recorder_lost_is_said(sample: Sample) -> None:
    lost = with_lines(lambda lines: [*lines[:3], lines[3] | {"reason": "recorder"}, *lines[4:]])
    assert findings(recorded(sample, lost), sample)["RECORDING_LOST"] == {"seconds": 6}


def test_a_part_that_was_not_ended_in_order_is_no_fault(sample: Sample) -> None:
    def failed(manifest: dict[str, object]) -> dict[str, object]:
        first, second = manifest["parts"]  # type: ignore[misc]
        return {**manifest, "parts": [first, {**second, "ended_because": "failed"}]}  # type: ignore[has-type]

    assert "RECORDING_CHAIN_HOLDS" in findings(recorded(sample, failed), sample)
