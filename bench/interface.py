"""Measures what regional systems see: `python -m bench.interface [--quick]` (part of `make bench`).

Readings of the public interface, acts upon several procedures at once, and how late webhooks come, on a stack of its
own; the figures stand in `var/bench/report.json` beside the others. Ends with 0 when everything was measured.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.demo.listening import asked, registered
from bench.installation import ATLANTIA
from bench.measures.figures import Figure, tell
from bench.measures.ground import Ground, open_ground
from bench.measures.readings import measure_readings
from bench.measures.telling import PunctualSystem, lag_of
from bench.measures.updates import measure_updates_at_once
from bench.regional.interface import Interface, connected
from deploy.place import PROJECT
from deploy.stack import Stack

WHERE = PROJECT / "var" / "bench"


@dataclass(frozen=True)
class Sizes:
    procedures: int = 20
    readings: int = 4000
    at_once: int = 8
    updates: int = 40
    messages: int = 200


QUICK = Sizes(procedures=3, readings=200, at_once=2, updates=5, messages=20)


async def measure(ground: Ground, sizes: Sizes, folder: Path) -> list[Figure]:
    stack, url = ground.house.stack, ground.house.settings.public_url
    logins = json.loads((stack.var / "logins.json").read_text())
    key = logins["api_keys"][ATLANTIA]["key"]
    system = PunctualSystem(Interface(connected(url, key)), folder)
    await system.open()
    try:
        system.secret = await asyncio.to_thread(registered, url, logins, ATLANTIA, system.port)
        say(f"{sizes.procedures} procedures asked for, {sizes.at_once} of others held")
        procedures = [(await system.interface.ask_for(asked()))["id"] for _ in range(sizes.procedures)]
        updates = await measure_updates_at_once(ground, at_once=sizes.at_once, times=sizes.updates)
        say(f"{sizes.readings} readings")
        readings = await measure_readings(url, key, procedures, folder, times=sizes.readings)
        await everything_told(system, procedures)
        return [*readings, *updates, await lag_of(system, times=sizes.messages)]
    finally:
        await system.close()


async def everything_told(system: PunctualSystem, procedures: list[str]) -> None:
    """Until the first event of each is there."""
    async with asyncio.timeout(120):
        while any(not system.inbox.events_of(one) for one in procedures):  # noqa: ASYNC110 - told by others
            await asyncio.sleep(0.2)


async def bench(directory: Path, sizes: Sizes) -> list[Figure]:
    """Measure on a new stack under `directory`."""
    with Stack(directory / "stack") as stack:
        say("starting the servers")
        async with open_ground(stack, people=True) as ground:
            await asyncio.to_thread(stack.need, "api")
            return await measure(ground, sizes, directory)


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.interface", description=__doc__)
    told.add_argument("--quick", action="store_true", help="few and small: to see that it works, not to quote")
    sizes = QUICK if told.parse_args().quick else Sizes()
    WHERE.mkdir(parents=True, exist_ok=True)
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory:
        figures = asyncio.run(bench(Path(directory), sizes))
    tell(WHERE / "report.json", figures, before, beside=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
