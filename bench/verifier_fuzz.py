"""`python -m bench.verifier_fuzz BUNDLE --trust FOLDER --mutations N`: a true bundle, changed at random.

No change may be PASSED, break a check down, end the verifier or take it long. What does is written beside the bundle.
Mutation number k of a seed is always the same, so that many of them can be tried in stretches: `--seconds` ends one,
and its last line says how to go on.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.mutations import mutated
from evidence.container import unpack
from evidence.findings import Verdict
from evidence.trust import Trust, load_trust
from evidence.verifier import verify_bytes

SLOW_S = 20.0
"""Of the processor: how busy the machine is with other things is no fault of a bundle."""
TOLD_EVERY_S = 15.0


def main() -> int:
    """0 when nothing was found, 1 otherwise."""
    chosen = _asked()
    bundle, trust = chosen.bundle.read_bytes(), load_trust(chosen.trust)
    if verify_bytes(bundle, trust).verdict is not Verdict.PASSED:
        sys.stdout.write(f"{chosen.bundle} is not PASSED with {chosen.trust}: only a true bundle is changed\n")
        return 1
    verdicts, found, number = Counter[str](), 0, chosen.begin
    began = told = time.monotonic()
    while number < chosen.mutations and time.monotonic() - began < chosen.seconds:
        name, changed = mutated(bundle, random.Random(f"{chosen.seed}/{number}"))
        said = wrong(bundle, changed, trust, verdicts)
        if said:
            found += 1
            kept = chosen.bundle.with_suffix(f".{chosen.seed}-{number}.zip")
            kept.write_bytes(changed)
            sys.stdout.write(f"{number}, {name}: {said} ({kept})\n")
        number += 1
        if time.monotonic() - told > TOLD_EVERY_S:
            told = time.monotonic()
            sys.stderr.write(f"{number} of {chosen.mutations}: {_counted(verdicts)}, {found} wrong\n")
    sys.stdout.write(
        f"mutations {chosen.begin} to {number - 1} of seed {chosen.seed}: {_counted(verdicts)}, {found} wrong\n"
    )
    if number < chosen.mutations:
        sys.stdout.write(f"to go on: --begin {number}\n")
    return 1 if found else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.verifier_fuzz", description=__doc__)
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--trust", type=Path, required=True)
    parser.add_argument("--mutations", type=int, default=1000, help="how many there are, counted from 0")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--begin", type=int, default=0, help="the first number")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="of this stretch")
    return parser.parse_args()


def _counted(verdicts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(verdicts.items())) or "none"


def wrong(bundle: bytes, changed: bytes, trust: Trust, verdicts: Counter[str]) -> str:
    """What the verifier did wrong with a changed bundle; empty when nothing."""
    if changed == bundle:
        verdicts["identical"] += 1
        return ""
    began = time.process_time()
    report = verify_bytes(changed, trust)
    verdicts[report.verdict.value] += 1
    if report.verdict is Verdict.PASSED:
        return f"passed, though other in {_differing(bundle, changed)}"
    if any(finding.code == "CHECK_BROKE_DOWN" for finding in report.findings):
        return "a check broke down"
    return "slow" if time.process_time() - began > SLOW_S else ""


def _differing(bundle: bytes, changed: bytes) -> str:
    """The members of a bundle that was PASSED which are not those of the true one."""
    true, other = unpack(bundle).members, unpack(changed).members
    names = sorted(name for name in true.keys() | other.keys() if true.get(name) != other.get(name))
    return ", ".join(names) or "the container alone"


if __name__ == "__main__":
    sys.exit(main())
