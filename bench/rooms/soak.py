"""Rooms held for an hour while people come and go: `python -m bench.rooms.soak`, figures in var/bench/soak.json.

Five rooms of three on one media process, which is bound to one processor; one of them is recorded. Every few seconds
somebody leaves a room and somebody else comes. Watched each second: that pictures move at every place, how long the
media process takes to answer, how much memory it holds; at the end, what the record lacks. Ends with 0 when nothing
stood still, the record lacks no more than it may, and memory is flat.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

import uvloop
from aiohttp import ClientError, ClientSession

from adapters.memory import MemoryVault
from bench.measures.figures import quantile
from bench.rooms.clips import SMALL
from bench.rooms.house import ROOT, House
from bench.rooms.person import Person
from bench.rooms.recording import SealingKeys
from domain.ids import ProcedureId
from domain.procedure.recording import Segment
from domain.recorded import kept_lines
from rooms.recording.recorder import RoomRecorder

WHERE = ROOT / "var" / "bench" / "soak.json"
PEOPLE = 3
FROZEN = 5.0
"""Seconds without anything new of somebody who sends sound and pictures, a newcomer's beginning included."""
MISSING = 0.1
"""Seconds by which segments of one person may be apart: the longest gap that the record may have."""
GROWS = 0.02
"""Of the memory after the first tenth, in the last tenth: more is a leak."""
PAGE = os.sysconf("SC_PAGE_SIZE")
P99 = 0.99


@dataclass
class Watched:
    """What an hour has shown."""

    lost: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    answers_ms: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    changes: int = 0


@dataclass
class Told:
    minutes: float
    rooms: int
    changes: int
    lost: int
    """People who were cut off."""
    frozen: int
    """Seconds in which somebody's picture or sound of somebody stood still."""
    answer_p99_ms: float
    memory_mb: float
    memory_slope_mb_per_hour: float
    memory_grew: float
    """Last tenth against the second: 0.01 is one hundredth more."""
    recorded_segments: int
    longest_gap_s: float

    @property
    def good(self) -> bool:
        return self.lost == self.frozen == 0 and self.longest_gap_s <= MISSING and self.memory_grew <= GROWS


class HeldRoom:
    """Three people in a room of their own, of whom the last one changes."""

    def __init__(self, house: House, session: ClientSession, number: int) -> None:
        self.procedure = f"prc_soak{number}"
        self.people: dict[str, Person] = {}
        self._house, self._session, self._number, self._count = house, session, number, 0
        self._moved: dict[str, tuple[Counter[int], float]] = {}
        """Of each person, what had arrived when everything last moved, and when that was."""

    async def open(self) -> None:
        for _ in range(PEOPLE):
            await self._come()

    async def change(self) -> None:
        """Whoever came last goes, and somebody else comes."""
        await self._go(list(self.people)[-1])
        await self._come()

    async def replace_lost(self) -> list[str]:
        """Who was cut off and why; somebody else comes in their place."""
        lost = [(who, person) for who, person in self.people.items() if person.close_code is not None]
        for who, _ in lost:
            await self._go(who)
            await self._come()
        return [f"{who}: {(person.last('closed') or {}).get('reason')}" for who, person in lost]

    async def _go(self, who: str) -> None:
        person = self.people.pop(who)
        self._moved.clear()  # the others see nobody in that place until somebody comes
        with suppress(ClientError):
            await person.say({"type": "leave"})
        await person.vanish()

    async def _come(self) -> None:
        self._count += 1
        who = f"r{self._number}-{self._count}"
        person = Person(self._session, self._house.url, self._count % 5, SMALL, answers=True, counts=True)
        await person.join(self._house.token(who, procedure=self.procedure, seats=PEOPLE + 1))
        self.people[who] = person

    def frozen(self, now: float) -> list[str]:
        """With whom fewer streams move than the sound and the picture of each of the others."""
        found = []
        for who, person in self.people.items():
            before, since = self._moved.setdefault(who, (Counter(person.flows), now))
            moving = sum(1 for flow, count in person.flows.items() if count > before[flow])
            if moving >= 2 * (PEOPLE - 1):
                self._moved[who] = (Counter(person.flows), now)
            elif now - since > FROZEN:
                found.append(f"{who} for {now - since:.1f} s")
        return found

    async def close(self) -> None:
        for person in self.people.values():
            await person.vanish()


def memory_of(pid: int) -> int:
    """Bytes that the process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE


async def hold(house: House, folder: Path, rooms: int, seconds: float, each: float) -> Told:
    watched, vault = Watched(), MemoryVault()
    recorded = ProcedureId("prc_soak0")
    recorder = RoomRecorder(house.socket, folder, vault, SealingKeys())
    async with ClientSession() as session:
        held = [HeldRoom(house, session, number) for number in range(rooms)]
        for room in held:
            await room.open()
        await recorder.start(recorded, 1)
        await _watch(house, held, watched, seconds, each)
        await recorder.stop(recorded, 1)
        for room in held:
            await room.close()
    for line in (*watched.lost, *watched.frozen[:20]):
        sys.stdout.write(f"{line}\n")
    lines = await kept_lines(vault, recorded)
    await recorder.close()
    stays = {"r0-1", "r0-2"}
    segments = [line.segment for line in lines if line.segment is not None and line.segment.participant in stays]
    return _told(watched, rooms, seconds, len(segments), _longest_gap(segments))


async def _watch(house: House, held: list[HeldRoom], watched: Watched, seconds: float, each: float) -> None:
    began = last_change = time.monotonic()
    while (now := time.monotonic()) - began < seconds:
        if now - last_change >= each:
            last_change = now
            await held[watched.changes % len(held)].change()
            watched.changes += 1
        for room in held:
            watched.lost += await room.replace_lost()
            watched.frozen += room.frozen(time.monotonic())
        asked = time.perf_counter()
        await house.client.sessions()
        watched.answers_ms.append(1000 * (time.perf_counter() - asked))
        watched.memory.append(memory_of(house.pid))
        await asyncio.sleep(1)


def _longest_gap(segments: list[Segment]) -> float:
    ends: dict[str, float] = {}
    longest = 0.0
    for segment in segments:
        who, began, ended = segment.participant, segment.began_at.timestamp(), segment.ended_at.timestamp()
        longest = max(longest, began - ends.get(who, began))
        ends[who] = ended
    return round(longest, 3)


def _told(watched: Watched, rooms: int, seconds: float, segments: int, gap: float) -> Told:
    memory, tenth = watched.memory, max(1, len(watched.memory) // 10)
    # What is warmed up in the first tenth is no leak.
    early, late = statistics.median(memory[tenth : 2 * tenth] or memory), statistics.median(memory[-tenth:])
    warm = memory[tenth:] or memory
    slope = statistics.linear_regression(range(len(warm)), warm).slope if len(warm) > 1 else 0.0
    return Told(
        minutes=round(seconds / 60, 1),
        rooms=rooms,
        changes=watched.changes,
        lost=len(watched.lost),
        frozen=len(watched.frozen),
        answer_p99_ms=round(quantile(watched.answers_ms, P99), 1),
        memory_mb=round(late / 1e6, 1),
        memory_slope_mb_per_hour=round(slope * 3600 / 1e6, 1),
        memory_grew=round(late / early - 1, 4),
        recorded_segments=segments,
        longest_gap_s=gap,
    )


async def soak(rooms: int, minutes: float, each: float) -> Told:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
        house = House(Path(directory))
        house.start()
        os.sched_setaffinity(house.pid, {min(os.sched_getaffinity(0))})
        try:
            return await hold(house, Path(directory) / "spool", rooms, 60 * minutes, each)
        finally:
            house.stop()


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.rooms.soak", description=__doc__)
    told.add_argument("--minutes", type=float, default=60)
    told.add_argument("--rooms", type=int, default=5)
    told.add_argument("--each", type=float, default=5, help="seconds from one coming and going to the next")
    asked = told.parse_args()
    before = os.getloadavg()[0]
    found = uvloop.run(soak(asked.rooms, asked.minutes, asked.each))
    WHERE.parent.mkdir(parents=True, exist_ok=True)
    WHERE.write_text(json.dumps(asdict(found), indent=2) + "\n", "utf-8")
    sys.stdout.write("".join(f"{name:26} {value}\n" for name, value in asdict(found).items()))
    sys.stdout.write(f"load of the machine before: {before:.1f} on {os.cpu_count()} processors\n")
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
