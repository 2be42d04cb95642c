"""Segments of a recording at hand, against the manifest in the bundle: part of CHK-09 for whoever has the files."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from evidence.canonical import Malformed
from evidence.checks import NumberedCheck
from evidence.findings import Finding
from evidence.layout import RECORDING
from evidence.opened import OpenedBundle
from evidence.recording import read_recording

__all__ = ["segments_at_hand"]

CHECK: Final = NumberedCheck("CHK-09")
CHUNK: Final = 1 << 20


def segments_at_hand(bundle: OpenedBundle, folder: Path) -> Iterator[Finding]:
    """Each segment of the manifest is in the folder as `<n>.webm`, byte for byte, and nothing else is."""
    if RECORDING not in bundle.members:
        yield CHECK.failed(RECORDING, "MEMBER_MISSING")
        return
    try:
        manifest = read_recording(bundle.members[RECORDING], RECORDING)
    except Malformed:
        return  # said by the check of the manifest
    expected = {f"{line.n}.webm": line for line in manifest.lines if line.sha256}
    problems = [*_differing(folder, {name: line.sha256 for name, line in expected.items()})]
    problems += [
        CHECK.failed(path.name, "SEGMENT_UNKNOWN") for path in sorted(folder.iterdir()) if path.name not in expected
    ]
    yield from problems
    if not problems:
        yield CHECK.passed(RECORDING, "SEGMENTS_MATCH", segments=len(expected))


def _differing(folder: Path, expected: dict[str, str]) -> Iterator[Finding]:
    for name, sha256 in expected.items():
        path = folder / name
        if not path.is_file():
            yield CHECK.failed(name, "SEGMENT_MISSING")
        elif _sha256(path) != sha256:
            yield CHECK.failed(name, "SEGMENT_DIFFERS")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
