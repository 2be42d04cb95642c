"""`python -m bench.verifier_fuzz BUNDLE --trust FOLDER --mutations N`: a true bundle, changed at random.

No change may be PASSED, break a check down, end the verifier or take it long. What does is written beside the bundle.
"""

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path

from bench.mutations import mutated
from evidence.findings import Verdict
from evidence.trust import Trust, load_trust
from evidence.verifier import verify_bytes

SLOW_S = 20.0
"""Of the processor: how busy the machine is with other things is no fault of a bundle."""


def main() -> int:
    """0 when nothing was found, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m bench.verifier_fuzz", description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--trust", type=Path, required=True)
    parser.add_argument("--mutations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    bundle, trust = chosen.bundle.read_bytes(), load_trust(chosen.trust)
    verdicts = Counter[str]()
    found = 0
    for number in range(chosen.mutations):
        name, changed = mutated(bundle, random.Random(f"{chosen.seed}/{number}"))
        said = wrong(bundle, changed, trust, verdicts)
        if said:
            found += 1
            kept = chosen.bundle.with_suffix(f".{chosen.seed}-{number}.zip")
            kept.write_bytes(changed)
            sys.stdout.write(f"{name}: {said} ({kept})\n")
    sys.stdout.write(f"{chosen.mutations} mutations: {dict(verdicts)}, {found} wrong\n")
    return 1 if found else 0


def wrong(bundle: bytes, changed: bytes, trust: Trust, verdicts: Counter[str]) -> str:
    """What the verifier did wrong with a changed bundle; empty when nothing."""
    if changed == bundle:
        verdicts["identical"] += 1
        return ""
    began = time.process_time()
    report = verify_bytes(changed, trust)
    verdicts[report.verdict.value] += 1
    if report.verdict is Verdict.PASSED:
        return "passed"
    if any(finding.code == "CHECK_BROKE_DOWN" for finding in report.findings):
        return "a check broke down"
    return "slow" if time.process_time() - began > SLOW_S else ""


if __name__ == "__main__":
    sys.exit(main())
