"""Pictures and sound that are prepared before anybody comes, and where those of others are kept."""

import asyncio
import fractions
import functools
import queue
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import av
from aiortc import MediaStreamTrack
from av.video.codeccontext import VideoCodecContext
from PIL import Image

from rooms.vp8 import is_key_frame


@dataclass(frozen=True)
class Camera:
    """What somebody's camera gives: pixels, frames a second, bits a second."""

    width: int = 160
    height: int = 120
    rate: int = 15
    bits: int = 200_000


SMALL = Camera()
"""Enough to tell whose picture it is."""
MICROPHONE = 0.02
"""Seconds of a packet of sound."""


@functools.cache
def encoded_video(seed: int, camera: Camera = SMALL, seconds: int = 4) -> list[bytes]:
    """A short VP8 clip of noise that nobody else sends: the frames of one person can be told from all others."""
    codec = VideoCodecContext.create("vp8", "w")
    codec.width, codec.height, codec.pix_fmt = camera.width, camera.height, "yuv420p"
    codec.time_base, codec.bit_rate = fractions.Fraction(1, camera.rate), camera.bits
    codec.options = {"deadline": "realtime", "g": str(camera.rate), "lag-in-frames": "0", "cpu-used": "8"}
    noise = random.Random(seed)
    encoded: list[bytes] = []
    for n in range(camera.rate * seconds):
        small = Image.frombytes("RGB", (16, 12), noise.randbytes(16 * 12 * 3))
        frame = av.VideoFrame.from_image(small.resize((camera.width, camera.height), Image.Resampling.NEAREST))  # type: ignore[no-untyped-call]
        frame.pts = n
        encoded += [bytes(packet) for packet in codec.encode(frame)]
    return encoded + [bytes(packet) for packet in codec.encode(None)]


class ClipTrack(MediaStreamTrack):
    """Repeats encoded frames for ever, one each `period` seconds."""

    def __init__(self, kind: str, clip: list[bytes], period: float) -> None:
        super().__init__()
        self.kind = kind
        self.paused = False
        self._clip = clip
        self._period = period
        self._count = 0
        self._due = 0.0
        self.key_frame_wanted: Callable[[], bool] = lambda: False
        """Whether somebody needs one: a camera gives it at once, and goes on from there."""

    async def recv(self) -> Any:
        now = asyncio.get_running_loop().time()
        self._due = max(self._due + self._period, now - self._period)  # late ones are not made up for in a burst
        await asyncio.sleep(self._due - now)
        while self.paused:  # noqa: ASYNC110
            await asyncio.sleep(self._period)
        if self.key_frame_wanted():
            while not is_key_frame(self._clip[self._count % len(self._clip)]):
                self._count += 1
        packet = av.Packet(self._clip[self._count % len(self._clip)])
        packet.pts = round(self._count * self._period * 1000)
        packet.time_base = fractions.Fraction(1, 1000)
        self._count += 1
        return packet


class EncodedSink(queue.Queue[Any]):
    """Takes the place of aiortc's decoder queue: keeps encoded frames as they came off the network."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[bytes] = []

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        if item is None:
            super().put(None)
        else:
            self.frames.append(item[1].data)
