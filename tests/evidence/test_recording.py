"""CHK-09 on a true recording: the chain holds, declared gaps are no fault, and what was lost is said."""

from pathlib import Path

import pytest

from evidence.findings import Result, Verdict
from evidence.layout import RECORDING
from evidence.verifier import verify_bytes
from tests.evidence.recordings import media_of, recorded, true_manifest, with_lines
from tests.evidence.sample import Sample


@pytest.fixture(scope="module")
def true(sample: Sample) -> bytes:
    """Made once: a chain takes a root once."""
    return recorded(sample)


def findings(bundle: bytes, sample: Sample) -> dict[str, dict[str, str | int]]:
    report = verify_bytes(bundle, sample.trust)
    assert report.verdict is Verdict.PASSED, [f for f in report.findings if f.result is not Result.PASS]
    return {found.code: dict(found.parameters) for found in report.findings if found.object == RECORDING}


def test_a_true_recording_passes_with_its_declared_gaps(sample: Sample, true: bytes) -> None:
    assert findings(true, sample) == {"RECORDING_CHAIN_HOLDS": {"parts": 2, "segments": 6, "gaps": 2}}


def test_what_the_recorder_lost_is_said(sample: Sample) -> None:
    lost = with_lines(lambda lines: [*lines[:3], lines[3] | {"reason": "recorder"}, *lines[4:]])
    assert findings(recorded(sample, lost), sample)["RECORDING_LOST"] == {"seconds": 6}


def test_a_part_that_was_not_ended_in_order_is_no_fault(sample: Sample) -> None:
    def failed(manifest: dict[str, object]) -> dict[str, object]:
        first, second = manifest["parts"]  # type: ignore[misc]
        return {**manifest, "parts": [first, {**second, "ended_because": "failed"}]}  # type: ignore[has-type]

    assert "RECORDING_CHAIN_HOLDS" in findings(recorded(sample, failed), sample)


def folder_of_segments(folder: Path) -> Path:
    folder.mkdir()
    for line in true_manifest()["lines"]:
        if line["kind"] == "segment":
            (folder / f"{line['n']}.webm").write_bytes(media_of(line))
    return folder


def test_segments_at_hand_are_those_that_were_recorded(sample: Sample, true: bytes, tmp_path: Path) -> None:
    report = verify_bytes(true, sample.trust, folder_of_segments(tmp_path / "segments"))
    assert report.verdict is Verdict.PASSED, [f for f in report.findings if f.result is not Result.PASS]
    assert "SEGMENTS_MATCH" in {found.code for found in report.findings}


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("missing", "SEGMENT_MISSING"),
        ("altered", "SEGMENT_DIFFERS"),
        ("moved", "SEGMENT_DIFFERS"),
        ("added", "SEGMENT_UNKNOWN"),
    ],
)
def test_a_segment_at_hand_that_is_not_the_recorded_one_is_failed(
    sample: Sample, true: bytes, tmp_path: Path, broken: str, code: str
) -> None:
    folder = folder_of_segments(tmp_path / "segments")
    first, second = folder / "0.webm", folder / "1.webm"
    if broken == "missing":
        first.unlink()
    elif broken == "altered":
        first.write_bytes(first.read_bytes()[:-1] + b"x")
    elif broken == "moved":
        kept = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(kept)
    else:
        (folder / "3.webm").write_bytes(b"of the gap")
    report = verify_bytes(true, sample.trust, folder)
    assert report.verdict is Verdict.FAILED
    assert code in {found.code for found in report.findings if found.result is Result.FAIL}
