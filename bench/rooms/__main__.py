"""What live rooms cost and how soon they are there: `python -m bench.rooms`, figures in var/bench/report.json.

A real media process alone, with people who send prepared pictures of a common camera and sound; docs/bench.md says what
each figure is. Ends with 0 when everything was measured; a figure beyond its aim is printed as such.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvloop
from aiohttp import ClientError, ClientSession

from bench.measures.figures import Aim, Figure, quantile, tell
from bench.rooms.clips import MICROPHONE, Camera
from bench.rooms.house import ROOT, House
from bench.rooms.person import Person
from bench.rooms.processes import processor_seconds
from bench.rooms.transcoding import transcoding_cost

WHERE = ROOT / "var" / "bench"
CAMERA = Camera(width=640, height=480, rate=30, bits=750_000)
ENOUGH = 0.9
"""Of what was sent: a room that carries less is not the room that was to be measured."""
PERCENT = 100
P95, P99 = 0.95, 0.99


class Unmeasurable(Exception):
    """What would be said of this room would not be true."""


@dataclass(frozen=True)
class Sizes:
    seconds: int = 20
    joins: int = 20
    deaths: int = 5
    warm_up: int = 3


QUICK = Sizes(seconds=4, joins=2, deaths=1, warm_up=1)


@asynccontextmanager
async def held(house: House, session: ClientSession, people: int, *, counts: bool) -> AsyncIterator[list[Person]]:
    """A room of the procedure at hand in which everybody sees and hears everybody."""
    present = [Person(session, house.url, number, CAMERA, answers=True, counts=counts) for number in range(people)]
    await house.client.open_room(house.room)
    try:
        for number, person in enumerate(present):
            await person.join(house.token(f"p{number}", seats=people))
        for person in present:
            for other in range(people):
                if person is not present[other] and not counts:
                    await person.sees(f"p{other}")
        yield present
    finally:
        for person in present:
            await person.vanish()
        await house.client.close_room(house.room)


async def room_cost(house: House, people: list[Person], seconds: int) -> float:
    """Processors that the media process needs. Raises Unmeasurable where it did not carry what was sent."""
    before, since = [arrived(person) for person in people], time.monotonic()
    used = processor_seconds(house.pid)
    await asyncio.sleep(seconds)
    took, used = time.monotonic() - since, processor_seconds(house.pid) - used
    others = len(people) - 1
    for person, had in zip(people, before, strict=True):
        sent = others * took * (CAMERA.rate + 1 / MICROPHONE)
        if arrived(person) - had < ENOUGH * sent:
            raise Unmeasurable(f"only {arrived(person) - had} of {sent:.0f} frames came through; is the machine busy?")
    return used / took


def arrived(person: Person) -> int:
    """Frames, or packets, of which a picture has several."""
    return person.packets or person.frames_received()


async def lags(house: House, seconds: int) -> list[float]:
    """Milliseconds in which the media process answers a question that needs no work, ten times a second."""
    found = []
    for _ in range(10 * seconds):
        since = time.perf_counter()
        await house.client.sessions()
        found.append(1000 * (time.perf_counter() - since))
        await asyncio.sleep(0.1)
    return found


async def recording_cost(house: House, people: list[Person], seconds: int, alone: float, folder: Path) -> float:
    """Percent of a processor that each person's recording takes: what the recorder uses, and the media process more."""
    recorder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.rooms.recording", str(house.socket), str(folder), house.procedure),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert recorder.stdout is not None
    try:
        if await recorder.stdout.readline() != b"recording\n":
            raise Unmeasurable("the recorder does not hear the room")
        used, since = processor_seconds(recorder.pid), time.monotonic()
        recorded = await room_cost(house, people, seconds)
        beside = (processor_seconds(recorder.pid) - used) / (time.monotonic() - since)
        segments, _ = await recorder.communicate(b"")  # its input ends, and it with it
    finally:
        if recorder.returncode is None:
            recorder.kill()
            await recorder.wait()
    if int(segments) < len(people):
        raise Unmeasurable("nothing was recorded")
    return PERCENT * (recorded - alone + beside) / len(people)


async def first_frames(house: House, session: ClientSession, times: int) -> list[float]:
    """Seconds from somebody's coming to the first picture that they see of whoever is there."""
    return [await first_frame(house, session, f"late{number}") for number in range(times)]


async def first_frame(house: House, session: ClientSession, name: str) -> float:
    late = Person(session, house.url, 9, CAMERA, answers=True)
    since = time.monotonic()
    try:
        await late.join(house.token(name, seats=9))
        await late.sees("p0", frames=1)
        return time.monotonic() - since
    finally:
        await late.leave()


async def back_again(house: House, session: ClientSession) -> float:
    """Seconds from the `kill -9` of the media process until two people who try again see each other."""
    people = [Person(session, house.url, number, CAMERA, answers=True) for number in range(2)]
    since = time.monotonic()
    house.kill()
    await asyncio.gather(asyncio.to_thread(house.start), *(rejoin(house, person, n) for n, person in enumerate(people)))
    await asyncio.gather(people[0].sees("p1", frames=1), people[1].sees("p0", frames=1))
    took = time.monotonic() - since
    for person in people:
        await person.vanish()
    return took


async def rejoin(house: House, person: Person, number: int) -> None:
    while True:
        with suppress(ClientError, OSError):
            return await person.join(house.token(f"p{number}"))
        await asyncio.sleep(0.1)


async def measure(house: House, folder: Path, sizes: Sizes) -> list[Figure]:
    async with ClientSession() as session:
        say("a room of three")
        async with held(house, session, 3, counts=False) as people:
            await asyncio.sleep(sizes.warm_up)
            three = await room_cost(house, people, sizes.seconds)
            lag = await lags(house, sizes.seconds)
            say("somebody comes, again and again")
            joins = await first_frames(house, session, sizes.joins)
            say("recorded")
            recording = await recording_cost(house, people, sizes.seconds, three, folder)
        say("a room of eight")
        house.procedure = "prc_2"
        async with held(house, session, 8, counts=True) as people:
            await asyncio.sleep(sizes.warm_up)
            eight = await room_cost(house, people, sizes.seconds)
        say("the media process killed")
        house.procedure = "prc_3"
        back = [await back_again(house, session) for _ in range(sizes.deaths)]
    say("the same pictures, decoded and encoded anew for each of the three")
    transcoding = transcoding_cost(3, CAMERA, sizes.seconds)
    return [
        Figure(
            "room_cpu_vs_transcoding",
            three,
            "cpu",
            transcoding,
            "decoding and encoding of the pictures",
            Aim(0.12, of="ratio"),
        ),
        Figure("rooms_of_three_per_core", 1 / three, "rooms"),
        Figure("rooms_of_eight_per_core", 1 / eight, "rooms"),
        Figure("room_answer_p99_ms", quantile(lag, P99), "ms", quantile(lag, 0.5), "the median of the same"),
        Figure("room_join_first_frame_p95_s", quantile(joins, P95), "s", aim=Aim(0.5)),
        Figure("room_media_killed_back_p95_s", quantile(back, P95), "s", aim=Aim(5)),
        Figure("recording_cost_per_person", recording, "% cpu", aim=Aim(0.5)),
    ]


async def bench(directory: Path, sizes: Sizes) -> list[Figure]:
    house = House(directory)
    house.start()
    try:
        return await measure(house, directory, sizes)
    finally:
        house.stop()


def say(words: str) -> None:
    print(words, flush=True)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.rooms", description=__doc__)
    told.add_argument("--quick", action="store_true", help="short and few: to see that it works, not to quote")
    sizes = QUICK if told.parse_args().quick else Sizes()
    WHERE.mkdir(parents=True, exist_ok=True)
    before = os.getloadavg()[0]
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory:
            figures = uvloop.run(bench(Path(directory), sizes))
    except Unmeasurable as reason:
        say(f"{reason}; the load was {before:.1f} before")
        return 1
    tell(WHERE / "report.json", figures, before, beside=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
