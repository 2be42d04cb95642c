"""CHK-09 on a true recording: the chain holds, declared gaps are no fault, and what was lost is said."""

from pathlib import Path

import pytest

from evidence.findings import Finding, Result
from evidence.verifier import verify_bytes
from tests.evidence.recordings import media_of, recorded, true_manifest, with_lines
from tests.evidence.sample import Sample


@pytest.fixture(scope="module")
def true(sample: Sample) -> bytes:
    """Made once: a chain takes a root once."""
    return recorded(sample)


def judged(bundle: bytes, sample: Sample, segments: Path | None = None) -> list[Finding]:
    """What CHK-09 says; the sample lacks things that other checks ask for."""
    return [found for found in verify_bytes(bundle, sample.trust, segments).findings if found.check == "CHK-09"]


def findings(bundle: bytes, sample: Sample) -> dict[str, dict[str, str | int]]:
    found = judged(bundle, sample)
    assert all(one.result is Result.PASS for one in found), found
    return {one.code: dict(one.parameters) for one in found}


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
    found = judged(true, sample, folder_of_segments(tmp_path / "segments"))
    assert [(one.code, one.result) for one in found][-1] == ("SEGMENTS_MATCH", Result.PASS)
    assert all(one.result is Result.PASS for one in found)


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
    assert code in {one.code for one in judged(true, sample, folder) if one.result is Result.FAIL}
