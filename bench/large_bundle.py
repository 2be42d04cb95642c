"""What judging a large bundle costs: `python -m bench.large_bundle [--megabytes 200] [--times 3]`.

Two acts as a court holds them: in one a paper of that size was deposited; in the other people signed one of half of it,
which is in the bundle as it was shown and as it was signed. Each is judged by `python -m evidence verify` in a process
of its own, against a floor that a program in the same language does with the same file: read it, and make of every byte
the three sums that the format asks for.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf

from evidence.canonical import sha256_hex
from tests.evidence.authorities import Authorities
from tests.evidence.chain import Chain
from tests.evidence.held import PAGES, Script, hold
from tests.evidence.sample import Case, Sample
from tests.evidence.story import Story

__all__ = ["KINDS", "MOST_MIB", "MOST_SECONDS", "Cost", "floor_of", "judging", "made_elsewhere"]

KINDS: Final = ("deposited", "signed")
MOST_SECONDS: Final = 10.0
MOST_MIB: Final = {"deposited": 300.0}
"""For 200 MB. A signed paper is parsed too, and held twice while it is: nothing that the platform writes is that large.
"""
FLOOR: Final = """
import hashlib, sys, zlib
data = open(sys.argv[1], "rb").read()
zlib.crc32(data), hashlib.sha256(data).digest(), hashlib.sha512(data).digest()
"""


@dataclass(frozen=True)
class Cost:
    """Of one process, or the least of several."""

    code: int
    seconds: float
    processor: float
    mib: float


def large_bundles(folder: Path, megabytes: int) -> None:
    """Bundles with a paper of that size, called by what was done with it, and their trust in `folder/trust`."""
    (folder / "keys").mkdir()
    pki, node = Authorities(folder / "keys"), Chain(folder)
    paper, half = paper_of(megabytes), paper_of(megabytes // 2)
    try:
        contract = node.deploy()
        scripts = Script(pki, scan=paper), Script(pki, agreement=half, printed=sha256_hex(half))
        for name, script in zip(KINDS, scripts, strict=True):
            parts = hold(script)
            case = Case(Story(), script.documents, script.records, script.references)
            sample = Sample(pki, node, contract, case, parts)
            (folder / f"{name}.zip").write_bytes(sample.bundle)
        sample.write_trust(folder / "trust")
    finally:
        node.stop()


def paper_of(megabytes: int) -> bytes:
    """A PDF of so many million bytes that nothing makes smaller, as scanned pages are."""
    with pikepdf.new() as pdf:
        for _ in range(PAGES):
            pdf.add_blank_page()
        noise = random.Random(megabytes).randbytes(megabytes * 1_000_000)
        pdf.pages[0].Contents = pdf.make_stream(b"")
        pdf.Root["/Noise"] = pdf.make_stream(noise)
        out = BytesIO()
        pdf.save(out, static_id=True, compress_streams=False)
    return out.getvalue()


def made_elsewhere(folder: Path, megabytes: int) -> Path:
    """As `large_bundles`, in a process of its own: what a process was at its largest is told of its children too."""
    command = [sys.executable, "-m", "bench.large_bundle", "--make", str(folder), "--megabytes", str(megabytes)]
    subprocess.run(command, check=True)
    return folder


def judging(bundle: Path, trust: Path, times: int = 1) -> Cost:
    """What the verifier costs as a program of its own."""
    return _least(times, "-m", "evidence", "verify", str(bundle), "--trust", str(trust), "--lang", "en")


def floor_of(bundle: Path, times: int = 1) -> Cost:
    return _least(times, "-c", FLOOR, str(bundle))


def _least(times: int, *arguments: str) -> Cost:
    costs = [_cost([sys.executable, *arguments]) for _ in range(times)]
    return Cost(
        max(one.code for one in costs),
        min(one.seconds for one in costs),
        min(one.processor for one in costs),
        max(one.mib for one in costs),
    )


def _cost(command: Sequence[str]) -> Cost:
    since = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - since
    return Cost(child.returncode, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.large_bundle", description=__doc__)
    told.add_argument("--megabytes", type=int, default=200)
    told.add_argument("--times", type=int, default=3)
    told.add_argument("--make", type=Path, metavar="FOLDER", help="only make the bundles")
    chosen = told.parse_args()
    if chosen.make:
        large_bundles(chosen.make, chosen.megabytes)
        return 0
    missed = 0
    with tempfile.TemporaryDirectory() as kept:
        folder = made_elsewhere(Path(kept), chosen.megabytes)
        for name in KINDS:
            bundle = folder / f"{name}.zip"
            judged, floor = judging(bundle, folder / "trust", chosen.times), floor_of(bundle, chosen.times)
            good = judged.code == 0 and judged.seconds <= MOST_SECONDS and judged.mib <= MOST_MIB.get(name, judged.mib)
            missed += not good
            print(
                f"{name}: {bundle.stat().st_size / 1e6:.0f} MB, exit code {judged.code}, {judged.seconds:.2f} s "
                f"({judged.processor:.2f} s of processor, {judged.processor / floor.processor:.1f} of the floor's "
                f"{floor.processor:.2f} s), {judged.mib:.0f} MiB of memory (floor {floor.mib:.0f})"
            )
    print(f"aims: PASSED, {MOST_SECONDS:.0f} s, {MOST_MIB['deposited']:.0f} MiB: {'missed' if missed else 'kept'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
