"""Takes a still frame from what a person is sending, for an identity document shown to the camera.

Nothing is written: the picture goes to the workflow's side in memory, with the encoded key frame as its original.
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime

import av
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket
from av.video.codeccontext import VideoCodecContext
from PIL import Image, ImageFilter, ImageStat

from rooms.bitrate import BitrateLimits
from rooms.forwarding import Publication
from rooms.protocol import Still
from rooms.vp8 import is_key_frame, starts_key_frame

SHOTS = 3
"""A key frame made in haste is the worst picture of a stream, so several are compared."""
PAUSE_BETWEEN_SHOTS = 0.5
PATIENCE = 5.0
"""Seconds for a key frame; a stream that gives none by then shows no picture."""
PATIENCE_WITH_NOTHING = 1.5
"""Seconds when nothing is arriving at all: the camera is off, or has just been switched on."""


class NoPicture(Exception):
    """The participant sends no video that could be decoded."""


@dataclass(frozen=True)
class KeyFrame:
    """An encoded key frame as it arrived."""

    encoded: bytes
    rtp_timestamp: int
    captured_at: datetime


async def grab_still(video: Publication) -> Still:
    """Return the sharpest of a few key frames asked for now. Raise `NoPicture` when none comes in time."""
    frames: list[KeyFrame] = []
    normal_floor, video.inbound.limits.floor = video.inbound.limits.floor, BitrateLimits.CEILING
    try:
        for shot in range(SHOTS):
            try:
                patience = PATIENCE if video.flowing else PATIENCE_WITH_NOTHING
                frames.append(await asyncio.wait_for(_next_key_frame(video), patience))
            except TimeoutError:
                break
            if shot + 1 < SHOTS:
                await asyncio.sleep(PAUSE_BETWEEN_SHOTS)
    finally:
        video.inbound.limits.floor = normal_floor
    return await asyncio.to_thread(sharpest, frames)


async def _next_key_frame(video: Publication) -> KeyFrame:
    caught: asyncio.Future[KeyFrame] = asyncio.get_running_loop().create_future()
    assembler = _Assembler(caught)
    video.taps.append(assembler.look)
    video.want_key_frame()
    try:
        return await caught
    finally:
        video.taps.remove(assembler.look)


class _Assembler:
    """Puts the packets of the next key frame together again."""

    def __init__(self, caught: "asyncio.Future[KeyFrame]") -> None:
        self._caught = caught
        self._buffer = JitterBuffer(capacity=512, is_video=True)
        self._begun = False

    def look(self, packet: RtpPacket) -> None:
        # Beginning inside a frame would take the middle of it for a frame of its own.
        self._begun = self._begun or starts_key_frame(packet.payload)
        if not self._begun or self._caught.done():
            return
        _, frame = self._buffer.add(packet)
        if frame is not None and is_key_frame(frame.data):
            self._caught.set_result(KeyFrame(frame.data, frame.timestamp, datetime.now(UTC)))


def sharpest(frames: list[KeyFrame]) -> Still:
    """Decode `frames` and return the one with the strongest edges. Raise `NoPicture` when none can be decoded."""
    pictures = [(picture, frame) for frame in frames if (picture := _decode(frame.encoded)) is not None]
    if not pictures:
        raise NoPicture
    picture, frame = max(pictures, key=lambda pair: _edge_strength(pair[0]))
    png = io.BytesIO()
    picture.save(png, "PNG")
    return Still(
        png=png.getvalue(),
        keyframe=frame.encoded,
        codec="VP8",
        width=picture.width,
        height=picture.height,
        captured_at=frame.captured_at,
        rtp_timestamp=frame.rtp_timestamp,
    )


def _decode(encoded: bytes) -> Image.Image | None:
    codec = VideoCodecContext.create("vp8", "r")
    try:
        decoded = codec.decode(av.Packet(encoded))
        # Without an end of stream the decoder may keep the picture for itself.
        decoded = decoded or codec.decode(None)
    except av.FFmpegError:
        return None
    if not decoded:
        return None
    picture: Image.Image = decoded[0].to_image()  # type: ignore[no-untyped-call]
    return picture


def _edge_strength(picture: Image.Image) -> float:
    edges = picture.convert("L").filter(ImageFilter.FIND_EDGES)
    return ImageStat.Stat(edges).var[0]
