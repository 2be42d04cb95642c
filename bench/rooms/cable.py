"""A network of one's own behind a bad cable: what passes is lost, late, unevenly late, slow, or no UDP at all.

Two TUN devices, one here and one in a network namespace, and this process carries packets between them. It needs root
and /dev/net/tun, and no module of the kernel that shapes traffic.
"""

import fcntl
import heapq
import os
import random
import select
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
PROTOCOL_AT, UDP = 9, 17
"""Standard: RFC 791, 3.1; where the header of a packet says what it carries."""
BIGGEST = 2048
WAITS = 0.5
"""Seconds of traffic that a slow cable holds before it drops what comes."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cable, in each direction."""

    name: str
    loss: float = 0.0
    """Share of the packets."""
    delay: float = 0.0
    jitter: float = 0.0
    """Seconds on the way, and up to how much more; the second one reorders."""
    rate: int | None = None
    """Bits a second; None for as many as come."""
    udp: bool = True


@dataclass
class _Direction:
    free_at: float = 0.0
    """When the last packet that was taken has left."""


@dataclass
class Cable:
    """Addresses of its ends: `here` is this machine's, `there` that of the namespace `name`."""

    name: str
    here: str
    there: str
    fault: Fault
    seed: int = 1
    ways: tuple[_Direction, _Direction] = field(default_factory=lambda: (_Direction(), _Direction()))
    _ends: tuple[int, int] = (-1, -1)
    _over: bool = False

    def carry(self) -> None:
        """Until `cut`."""
        chance, waiting, count = random.Random(self.seed), list[tuple[float, int, int, bytes]](), 0
        poll = select.poll()
        for end in self._ends:
            poll.register(end, select.POLLIN)
        while not self._over:
            now = time.monotonic()
            left = max(0.0, waiting[0][0] - now) if waiting else 0.1
            for end, _ in poll.poll(min(left, 0.1) * 1000):
                packet = os.read(end, BIGGEST)
                way = self._ends.index(end)
                at = self._arrives(packet, self.ways[way], chance, time.monotonic())
                if at is not None:
                    count += 1
                    heapq.heappush(waiting, (at, count, self._ends[1 - way], packet))
            now = time.monotonic()
            while waiting and waiting[0][0] <= now:
                _, _, to, packet = heapq.heappop(waiting)
                os.write(to, packet)

    def _arrives(self, packet: bytes, way: _Direction, chance: random.Random, now: float) -> float | None:
        """When the packet comes out at the other end; None for never."""
        fault = self.fault
        if packet[0] >> 4 != 4 or (not fault.udp and packet[PROTOCOL_AT] == UDP):
            return None
        if chance.random() < fault.loss or way.free_at - now > WAITS:
            return None
        if fault.rate is not None:
            way.free_at = max(now, way.free_at) + 8 * len(packet) / fault.rate
        return max(now, way.free_at) + fault.delay + chance.random() * fault.jitter

    def cut(self) -> None:
        self._over = True


@contextmanager
def cable(number: int, fault: Fault) -> Iterator[Cable]:
    """`number`, up to 255, tells several apart."""
    name, near, far = f"estrado-cable{number}", f"cnear{number}", f"cfar{number}"
    laid = Cable(name, f"10.78.{number}.2", f"10.78.{number}.1", fault)
    _ip("netns", "add", name)
    ends = (_tun(near), _tun(far))
    laid._ends = ends
    try:
        _ip("link", "set", far, "netns", name)
        for inside, device, own, other in ((), near, laid.here, laid.there), (("-n", name), far, laid.there, laid.here):
            _ip(*inside, "addr", "add", own, "peer", other, "dev", device)
            _ip(*inside, "link", "set", device, "up", "mtu", "1400")
        _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", name, "route", "add", "default", "dev", far)
        carrying = threading.Thread(target=laid.carry, daemon=True)
        carrying.start()
        yield laid
        laid.cut()
        carrying.join()
    finally:
        laid.cut()
        for end in ends:
            os.close(end)
        _ip("netns", "del", name)


def _tun(name: str) -> int:
    end = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return end


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
