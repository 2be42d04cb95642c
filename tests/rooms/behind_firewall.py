"""Somebody in a process of their own, perhaps in a network that lets no UDP out: joins, and tells what they saw.

`python -m tests.rooms.behind_firewall` reads one JSON object: url, token, sees, seconds, and relay (or null) with urls,
username, credential. It prints another: `frames` of that person, `first_frame_s` (null without any), and `sent_over`,
the kind of each address that this side used.
"""

import asyncio
import json
import sys
import time
from typing import Any

from aiohttp import ClientSession
from aiortc import RTCIceServer

from bench.rooms.person import Person


async def join(told: dict[str, Any]) -> dict[str, Any]:
    relay = RTCIceServer(**told["relay"]) if told["relay"] else None
    async with ClientSession() as session:
        somebody = Person(session, told["url"], seed=77, relay=relay)
        began, first = time.monotonic(), None
        await somebody.join(told["token"])
        try:
            async with asyncio.timeout(told["seconds"]):
                await somebody.sees(told["sees"], frames=1)
                first = round(time.monotonic() - began, 3)
                await somebody.sees(told["sees"], frames=30)
        except TimeoutError:
            pass
        sdp = somebody.pc.localDescription.sdp if somebody.pc else ""
        kinds = {line.split(" typ ")[1].split()[0] for line in sdp.splitlines() if line.startswith("a=candidate:")}
        seen = somebody.frames_received()
        await somebody.vanish()
        return {"frames": seen, "first_frame_s": first, "sent_over": sorted(kinds)}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(join(json.load(sys.stdin)))))  # noqa: T201
