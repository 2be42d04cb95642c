"""A large bundle is judged in little more memory than it has bytes, and about as soon as they can be hashed.

`python -m bench.large_bundle` does it with 200 MB; these are a fourth of that.
"""

from pathlib import Path

import pytest

from bench.large_bundle import Cost, floor_of, judging, made_elsewhere

MEGABYTES = 48
OURSELVES_MIB = 45
"""What the verifier takes for the smallest bundle, beyond an empty Python."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_elsewhere(tmp_path_factory.mktemp("large"), MEGABYTES)


def costs(folder: Path, name: str) -> tuple[Cost, Cost]:
    bundle = folder / f"{name}.zip"
    return judging(bundle, folder / "trust"), floor_of(bundle)


def test_what_was_deposited_is_held_once(folder: Path) -> None:
    judged, floor = costs(folder, "deposited")
    assert judged.code == 0
    assert judged.mib - floor.mib < OURSELVES_MIB + MEGABYTES * 0.3
    assert judged.processor < 10 * floor.processor + 2


def test_what_was_signed_is_read_once_and_not_kept(folder: Path) -> None:
    """One document at a time, its bytes and its objects: a copy of each had been kept for the next bundle."""
    judged, floor = costs(folder, "signed")
    assert judged.code == 0
    assert judged.mib - floor.mib < OURSELVES_MIB + MEGABYTES / 2 * 2.5
