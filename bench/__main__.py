"""Measures one installation against its floor: `python -m bench [--quick]` (or `make bench`).

Starts a stack of its own, prints a table and writes `var/bench/report.json`. Ends with 0 when everything was measured;
a figure beyond its aim is shown as such and is no failure of the program.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from bench.measures.evidence import measure_signature, measure_verifier
from bench.measures.figures import Figure, tell
from bench.measures.ground import Ground, open_ground
from bench.measures.restart import measure_restart
from bench.measures.throughput import measure_throughput
from bench.measures.updates import measure_updates
from bench.measures.work import measure_work
from deploy.place import PROJECT
from deploy.stack import Stack

WHERE = PROJECT / "var" / "bench"


@dataclass(frozen=True)
class Sizes:
    """How often each thing is measured."""

    warm_up: int = 2
    procedures: int = 5
    at_once: int = 20
    rounds: int = 3
    updates: int = 200
    deaths: int = 5
    signatures: int = 30


QUICK = Sizes(warm_up=1, procedures=2, at_once=4, rounds=1, updates=30, deaths=1, signatures=5)


async def measure(ground: Ground, sizes: Sizes) -> list[Figure]:
    """Every figure, from the ones that need a quiet installation to the one that leaves none."""
    say(f"one procedure at a time, {sizes.warm_up} to warm up and {sizes.procedures} to measure")
    async with aclosing(measure_work(ground, warm_up=sizes.warm_up, times=sizes.procedures)) as steps:
        async for work in steps:
            say(f"  {work.real[-1]:.2f} s of work, floor {work.floor[-1]:.2f} s")
    say("  where the last one's time went\n" + work.profile())
    known = work.last
    assert known is not None
    figures = [work.figure]
    say(f"one act, {sizes.updates} times")
    figures += await measure_updates(ground, times=sizes.updates)
    say(f"one signature, {sizes.signatures} times")
    figures.append(await measure_signature(ground, known, times=sizes.signatures))
    say("one bundle, judged offline")
    figures.append(await measure_verifier(ground, known))
    say(f"{sizes.at_once} procedures at once, {sizes.rounds} each, and as many floors")
    figures.append(await measure_throughput(ground, known, at_once=sizes.at_once, rounds=sizes.rounds))
    say(f"the worker killed, {sizes.deaths} times")
    return figures + await measure_restart(ground, times=sizes.deaths)


async def bench(directory: Path, sizes: Sizes) -> list[Figure]:
    """Measure on a new stack under `directory`."""
    with Stack(directory) as stack:
        say("starting the servers")
        async with open_ground(stack) as ground:
            return await measure(ground, sizes)


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    told.add_argument("--quick", action="store_true", help="few and small: to see that it works, not to quote")
    sizes = QUICK if told.parse_args().quick else Sizes()
    WHERE.mkdir(parents=True, exist_ok=True)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory:
        figures = asyncio.run(bench(Path(directory), sizes))
    tell(WHERE / "report.json", figures, before)
    return 0


if __name__ == "__main__":
    sys.exit(main())
