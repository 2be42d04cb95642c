"""No random change of a true bundle is PASSED or breaks a check down. Longer: `python -m bench.verifier_fuzz`."""

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from bench.mutations import MUTATIONS, mutated
from bench.verifier_fuzz import wrong
from evidence.container import pack, unpack
from tests.evidence.sample import Sample

CHANGES = 300


def test_no_random_change_is_passed_or_ends_the_verifier(held: Sample) -> None:
    verdicts = Counter[str]()
    trust, kinds = held.trust, set()
    for number in range(CHANGES):
        name, changed = mutated(held.bundle, random.Random(f"held/{number}"))
        kinds.add(name)
        assert wrong(held.bundle, changed, trust, verdicts) == "", (number, name)
    assert kinds == set(MUTATIONS)
    assert verdicts["FAILED"] > CHANGES / 2


def fuzz(bundle: Path, trust: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bench.verifier_fuzz", str(bundle), "--trust", str(trust), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_stretch_of_it_says_how_to_go_on(held: Sample, tmp_path: Path) -> None:
    bundle, trust = tmp_path / "bundle.zip", held.write_trust(tmp_path / "trust")
    bundle.write_bytes(held.bundle)
    first = fuzz(bundle, trust, "--mutations", "3", "--begin", "1")
    assert first.returncode == 0
    assert first.stdout.startswith("mutations 1 to 2 of seed 1: ") and first.stdout.endswith(", 0 wrong\n")
    none = fuzz(bundle, trust, "--mutations", "3", "--begin", "2", "--seconds", "0")
    assert none.stdout.endswith("to go on: --begin 2\n")


def test_only_a_true_bundle_is_changed(held: Sample, tmp_path: Path) -> None:
    bundle, trust = tmp_path / "bundle.zip", held.write_trust(tmp_path / "trust")
    bundle.write_bytes(held.bundle[:-1])
    refused = fuzz(bundle, trust)
    assert (refused.returncode, "is not PASSED" in refused.stdout) == (1, True)


def test_a_changed_bundle_that_is_passed_is_told_with_its_members(held: Sample) -> None:
    """With the true bundle in the place of the changed one, which is PASSED whatever they differ in."""
    members = {name: bytes(content) for name, content in unpack(held.bundle).members.items()}
    other = pack({**members, "README.txt": b"another"})
    assert wrong(other, held.bundle, held.trust, Counter()) == "passed, though other in README.txt"
