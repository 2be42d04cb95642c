"""Kills and hangs at random: `python -m bench.chaos --minutes 30 --procedures 40 --seed 1` (or `make chaos`).

Starts a stack of its own, holds procedures of all types in it while every part is killed or hangs, leaves it in peace,
and has each procedure judged: by the checker (nothing lost, doubled or stuck, its root once on the chain) and by the
offline verifier. Media are in memory, in this process. Ends with 0 when nothing is
broken; the report is `var/chaos/report.json`.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from api.services.gateway import Gateway
from bench.chaos.plan import PARTS, Strike, plan
from bench.chaos.players import StruckRoom
from bench.chaos.strikes import Striker
from bench.installation import House, open_house, prepare
from bench.papers import scanned_page
from bench.trust import verdict_on
from deploy.place import PROJECT
from deploy.plan import SERVERS
from deploy.stack import Stack
from domain.ids import ProcedureId
from domain.reading import CaseReading
from rehearsal.plays import play_of

SERVED = ("worker", "anchoring", "api")
"""Without `rooms`: its sidecar would take the rooms that are held in memory here, and nobody has a camera."""

WHERE = PROJECT / "var" / "chaos"
UNTIL_ALL_HAVE_BEGUN = 0.7
"""Which part of the time passes until the last procedure begins: some are at every stage all the while."""
PEACE = 300.0
"""Seconds that a procedure is given to end once nothing is struck any more."""


@dataclass
class Judged:
    """What became of one procedure."""

    procedure: str
    type: str
    ended: bool = False
    broken: list[str] = field(default_factory=list)
    verdict: str = ""
    acknowledged: int = 0
    repeated: dict[str, int] = field(default_factory=dict)
    """How often its people had to ask again, by what they met."""

    @property
    def good(self) -> bool:
        return self.ended and not self.broken and self.verdict == "PASSED"


@dataclass(frozen=True)
class Chaos:
    """One run: what is held, and what strikes it."""

    seed: int
    seconds: float
    procedures: int
    strikes: list[Strike]

    async def run(self, stack: Stack) -> list[Judged]:
        await asyncio.to_thread(prepare, stack)
        async with open_house(stack) as house:
            await asyncio.to_thread(stack.need, *SERVED)
            striker = Striker(stack, say)
            rooms = [self._room(house, number) for number in range(self.procedures)]
            pause = UNTIL_ALL_HAVE_BEGUN * self.seconds / max(1, self.procedures - 1)
            playing = [asyncio.create_task(held(room, number * pause)) for number, room in enumerate(rooms)]
            await striker.carry_out(self.strikes)
            unwell = await striker.leave_in_peace((*SERVERS, *SERVED))
            say(f"in peace; not well: {unwell or 'nothing'}")
            outcomes = await asyncio.gather(*playing)
            with tempfile.TemporaryDirectory() as folder:
                return [await judged(house, *pair, Path(folder)) for pair in zip(rooms, outcomes, strict=True)]

    def _room(self, house: House, number: int) -> StruckRoom:
        type_id = sorted(house.types)[number % len(house.types)]
        asked = house.asked(type_id, f"prc_chaos_{self.seed}_{number}")
        gateway = Gateway(house.client, CaseReading(house.installation.journal), "chaos")
        return StruckRoom(house, gateway, asked, self.seconds + PEACE)


async def held(room: StruckRoom, after: float) -> str:
    """Hold the procedure of that room; empty when it ended, else why its people gave it up."""
    await asyncio.sleep(after)
    try:
        await room.begin()
        family = room.asked.resolved_type.procedure.family
        await play_of(family, room, room.asked.id, paper=scanned_page()).whole()
    except Exception as reason:
        return f"{type(reason).__name__}: {reason}"
    return ""


async def judged(house: House, room: StruckRoom, given_up: str, folder: Path) -> Judged:
    """Ask the checker and the offline verifier."""
    id = ProcedureId(room.asked.id)
    found = Judged(id, room.asked.resolved_type.procedure.id, ended=not given_up)
    found.broken = [f"given up: {given_up}"] if given_up else []
    found.broken += (await house.checker.inspect(id, room.acknowledged)).broken
    found.acknowledged, found.repeated = len(room.acknowledged), dict(room.repeated)
    bundle = (await room.procedure()).bundle
    if bundle is not None:
        found.verdict = str((await verdict_on(house.installation, house.settings, bundle, id, folder))["verdict"])
    say(f"{'good' if found.good else 'BROKEN':7} {id} {found.verdict} {'; '.join(found.broken)}")
    return found


def report(chaos: Chaos, found: list[Judged]) -> dict[str, Any]:
    return {
        "seed": chaos.seed,
        "seconds": chaos.seconds,
        "strikes": [asdict(strike) for strike in chaos.strikes],
        "procedures": [asdict(one) for one in found],
        "good": sum(one.good for one in found),
        "of": len(found),
    }


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    told.add_argument("--minutes", type=float, default=30)
    told.add_argument("--procedures", type=int, default=40)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--every", type=float, default=6.0, help="seconds from one strike to the next, on the average")
    given = told.parse_args()
    seconds = 60 * given.minutes
    chaos = Chaos(given.seed, seconds, given.procedures, plan(given.seed, seconds, given.every, PARTS))
    say(f"seed {given.seed}: {len(chaos.strikes)} strikes\n" + "\n".join(map(str, chaos.strikes)) + "\nnow")
    WHERE.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory,
        Stack(Path(directory)) as stack,
    ):
        found = asyncio.run(chaos.run(stack))
    (WHERE / "report.json").write_text(json.dumps(report(chaos, found), indent=1) + "\n", "utf-8")
    good = sum(one.good for one in found)
    say(f"{good} of {len(found)} ended with nothing lost, doubled or stuck and PASSED; see var/chaos/report.json")
    return 0 if good == len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
