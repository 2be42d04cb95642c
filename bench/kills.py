"""The worker is killed at every boundary of every activity, once each: `python -m bench.kills [TYPE ...]`.

Starts a stack of its own and holds one procedure of each type that is named (all, when none is) before and after
SIGKILLs; each is judged by the checker and by the offline verifier. Ends with 0 when the world looks as if nobody had
died. A hundred deaths take some minutes.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.installation import House, WorkerProcess, open_house, prepare
from bench.papers import scanned_page
from bench.trust import verdict_on
from deploy.place import PROJECT
from deploy.stack import Stack
from rehearsal.plays import play_of

WHERE = PROJECT / "var" / "kills"
PATIENCE = 300
"""Seconds for one answer: the automatic tail alone is killed more than twenty times."""


@dataclass(frozen=True)
class Survived:
    """One procedure under a worker that died at each boundary, and how it was judged."""

    boundaries: tuple[str, ...]
    """`before <activity>` and `after <activity>`, in order."""
    broken: tuple[str, ...]
    verdict: str

    @property
    def struck_on_one_side_only(self) -> set[str]:
        before, after = (
            {line.partition(" ")[2] for line in self.boundaries if line.startswith(side)}
            for side in ("before", "after")
        )
        return before ^ after

    @property
    def good(self) -> bool:
        return not self.broken and self.verdict == "PASSED" and not self.struck_on_one_side_only

    def __str__(self) -> str:
        wrong = "; ".join((*self.broken, *sorted(self.struck_on_one_side_only)))
        return f"{len(self.boundaries)} deaths {self.verdict} {wrong}".rstrip()


async def hold_under_kills(house: House, type_id: str, folder: Path) -> Survived:
    """One whole procedure of that type; `folder` is for what is written meanwhile."""
    struck = folder / f"struck-{type_id}"
    worker = WorkerProcess(house.stack, "-m", "bench.faulty_worker")
    worker.start(ESTRADO_STRUCK=os.fspath(struck))
    try:
        room = await house.summon(type_id, f"prc_kills_{type_id}")
        room.patience = PATIENCE
        family = house.types[type_id].procedure.family
        closed = await play_of(family, room, f"kills-{type_id}", paper=scanned_page()).whole()
    finally:
        worker.kill()
    inspection = await house.checker.inspect(closed.id, room.acknowledged)
    assert closed.bundle is not None
    verdict = await verdict_on(house.installation, house.settings, closed.bundle, closed.id, folder)
    return Survived(tuple(struck.read_text().splitlines()), tuple(inspection.broken), str(verdict["verdict"]))


async def hold_each(stack: Stack, types: list[str], folder: Path) -> bool:
    await asyncio.to_thread(prepare, stack)
    async with open_house(stack) as house:
        unknown = set(types) - set(house.types)
        if unknown:
            raise SystemExit(f"no such type: {', '.join(sorted(unknown))}; there are {', '.join(sorted(house.types))}")
        every = True
        for type_id in types or sorted(house.types):
            found = await hold_under_kills(house, type_id, folder)
            print(f"{'good' if found.good else 'BROKEN':7} {type_id} {found}", flush=True)
            every = every and found.good
        return every


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    told.add_argument("types", nargs="*", metavar="TYPE")
    WHERE.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=WHERE, ignore_cleanup_errors=True) as directory,
        Stack(Path(directory)) as stack,
    ):
        return 0 if asyncio.run(hold_each(stack, told.parse_args().types, Path(directory))) else 1


if __name__ == "__main__":
    sys.exit(main())
