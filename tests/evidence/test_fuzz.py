"""No random change of a true bundle is PASSED or breaks a check down. Longer: `python -m bench.verifier_fuzz`."""

import random
from collections import Counter

from bench.mutations import MUTATIONS, mutated
from bench.verifier_fuzz import wrong
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
