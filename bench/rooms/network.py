"""How a room fares over bad networks: `python -m bench.rooms.network`, figures in var/bench/networks.json.

Two real browsers, one of them beyond a cable (`bench/rooms/cable.py`) that is bad in one way at a time. It needs root.
Usable means: both hear nine tenths of the sound without its being made up, and both get a picture every four seconds at
least; where a network is narrow pictures may be few, sound comes first. Ends with 0 when every network was usable.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from asyncio.subprocess import Process
from pathlib import Path
from typing import Any

from bench.rooms.beyond import Seen
from bench.rooms.browsers import page_server
from bench.rooms.cable import Cable, Fault, cable
from bench.rooms.house import ROOT, House
from bench.rooms.relay import relay_at

NETWORKS = (
    Fault("good"),
    Fault("loss of 3 %", loss=0.03),
    Fault("loss of 10 %", loss=0.10),
    Fault("delay of 300 ms", delay=0.3),
    Fault("jitter of 50 ms", jitter=0.05),
    Fault("300 kbit/s", rate=300_000),
    Fault("no UDP", udp=False),
)
HEARD, SEEN = 0.9, 0.25
"""Share of the sound, and pictures a second, from which on somebody takes part."""
WHERE = ROOT / "var" / "bench" / "networks.json"


async def over(laid: Cable, directory: Path, warm_up: int, seconds: int) -> dict[str, Seen]:
    """What each of the two saw and heard of the other."""
    house = House(directory, host=laid.here)
    house.start()
    try:
        async with page_server(house, host=laid.here) as address:
            told = {"address": address, "room": house.url, "warm_up": warm_up, "seconds": seconds}
            if laid.fault.udp:
                return await _both(laid, told, None)
            with relay_at(directory / "relay", laid.here) as relay:
                return await _both(laid, told, relay.server("tcp"))
    finally:
        house.stop()


async def _both(laid: Cable, told: dict[str, Any], relay: dict[str, Any] | None) -> dict[str, Seen]:
    both = await asyncio.gather(
        _browser((), told | {"who": "p1", "relay": None}),
        _browser(("ip", "netns", "exec", laid.name), told | {"who": "p2", "relay": relay}),
    )
    seen = await asyncio.gather(*(_seen_by(process) for process in both))
    # Nobody goes before the other has seen enough.
    await asyncio.gather(*(process.communicate(b"") for process in both))  # their input ends, and they with it
    return dict(zip(("before", "beyond"), seen, strict=True))


async def _browser(inside: tuple[str, ...], told: dict[str, Any]) -> Process:
    process = await asyncio.create_subprocess_exec(
        *(*inside, sys.executable, "-m", "bench.rooms.beyond"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(told).encode() + b"\n")
    return process


async def _seen_by(process: Process) -> Seen:
    assert process.stdout is not None and process.stderr is not None
    said = await process.stdout.readline()
    if not said:
        raise RuntimeError((await process.stderr.read()).decode()[-2000:])
    seen: Seen = json.loads(said)
    return seen


def usable(seen: dict[str, Seen]) -> bool:
    """Both hear, and both see something."""
    return all(one["heard"] >= HEARD and one["frames_per_s"] >= SEEN for one in seen.values())


def line(fault: Fault, seen: dict[str, Seen]) -> str:
    said = [f"{fault.name:16}", "usable  " if usable(seen) else "UNUSABLE"]
    for where, one in seen.items():
        first = f"{one['first_frame_s']:5.2f}" if one["first_frame_s"] is not None else " none"
        said.append(
            f"{where} the cable: first picture {first} s, {one['frames_per_s']:4.1f}/s of {one['width']:3d}, "
            f"frozen {one['frozen_s']:4.1f} s, heard {one['heard']:6.1%}, {one['round_trip_ms']} ms"
        )
    return " | ".join(said)


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m bench.rooms.network", description=__doc__)
    told.add_argument("--seconds", type=int, default=30)
    told.add_argument("--warm-up", type=int, default=15)
    told.add_argument("--only", help="the networks whose name holds this")
    asked = told.parse_args()
    found: dict[str, dict[str, Seen]] = {}
    good = True
    _say(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for number, fault in enumerate(NETWORKS, 1):
        if asked.only and asked.only not in fault.name:
            continue
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as directory, cable(number, fault) as laid:
            seen = asyncio.run(over(laid, Path(directory), asked.warm_up, asked.seconds))
        found[fault.name] = seen
        good = good and usable(seen)
        _say(line(fault, seen))
    WHERE.parent.mkdir(parents=True, exist_ok=True)
    WHERE.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    return 0 if good else 1


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
