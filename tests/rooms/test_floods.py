"""Somebody who was let in and sends without end takes the act from nobody."""

import random
import time
import urllib.request

from aiohttp import ClientSession

from bench.rooms.clips import SMALL
from bench.rooms.house import House
from bench.rooms.person import Person
from rooms.bitrate import Allowance, BitrateLimits

SECONDS = 4
BETWEEN_PICTURES = b"\x01"
"""How a frame of VP8 begins that is no key frame (RFC 6386 9.1)."""


def test_a_good_camera_is_carried_whole_with_its_key_frames() -> None:
    allowance = Allowance(BitrateLimits.CEILING)
    packet, at = 1200, 100.0
    for second in range(60):
        key_frame = [allowance.takes(packet, at + second) for _ in range(60)]
        rest = [allowance.takes(packet, at + second + n / 100) for n in range(1, 100)]
        assert all(key_frame) and all(rest), second


def test_what_comes_without_end_is_cut_to_the_allowance_however_small_its_packets() -> None:
    for size in (1, 1200):
        allowance, taken = Allowance(BitrateLimits.CEILING), 0
        for n in range(100_000):
            taken += max(size, Allowance.LEAST) * allowance.takes(size, 100 + n / 10_000)
        most = Allowance.SHARE * BitrateLimits.CEILING / 8 * (10 + Allowance.BURST)
        assert 0.5 * most < taken <= most


async def test_the_others_are_seen_while_somebody_floods_the_room(house: House) -> None:
    async with ClientSession() as session:
        judge, witness = (Person(session, house.url, seed) for seed in (1, 2))
        flooder = Person(session, house.url, 3)
        flooder.video = [flooder.video[0], *(BETWEEN_PICTURES + random.Random(n).randbytes(120_000) for n in range(30))]
        for name, somebody in (("judge", judge), ("witness", witness), ("flooder", flooder)):
            await somebody.join(house.token(name))
        await judge.sees("flooder", frames=1)
        since = time.monotonic()
        seen = await judge.sees("witness", frames=SECONDS * SMALL.rate)
        took = time.monotonic() - since
        shown = set(await judge.sees("flooder", frames=1))
        overflowed = carried(house)
        for somebody in (judge, witness, flooder):
            await somebody.vanish()

    assert set(seen) <= set(witness.video)
    assert took < 2 * SECONDS, "the witness stands still while somebody floods the room"
    assert overflowed > 0 and shown, "nothing was held back, or nothing is seen of them"


def carried(house: House) -> float:
    """Packets that were more than anybody may send, as the process counts them."""
    with urllib.request.urlopen(f"http://{house.host}:{house.metrics_port}/metrics", timeout=5) as answer:
        told = answer.read().decode()
    line = next(line for line in told.splitlines() if "packets_overflowed" in line and not line.startswith("#"))
    return float(line.rpartition(" ")[2])
