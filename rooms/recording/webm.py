"""Writes encoded frames into a WebM file as they are. The same frames give the same bytes."""

import io
import struct
from collections.abc import Sequence
from fractions import Fraction

import av

from rooms.recording.arriving import Frame
from rooms.recording.packets import Kind

MEDIA_TYPE = "video/webm"
_MILLISECOND = Fraction(1, 1000)


def webm(frames: Sequence[Frame], began: float) -> bytes:
    """A file that plays by itself and can be searched in. `frames` of video begin with a key frame."""
    file = io.BytesIO()
    options = {"fflags": "+bitexact", "cluster_time_limit": "1000"}
    with av.open(file, "w", format="webm", options=options) as container:
        streams = {}
        if first := next((frame for frame in frames if frame.kind is Kind.VIDEO), None):
            width, height = picture_size(first.data)
            streams[Kind.VIDEO] = container.add_mux_stream("vp8", width=width, height=height)
        if any(frame.kind is Kind.AUDIO for frame in frames):
            streams[Kind.AUDIO] = container.add_stream("libopus", rate=48_000, layout="stereo")
        last = dict.fromkeys(streams, -1)
        for frame in sorted(frames, key=lambda frame: frame.at):
            packet = av.Packet(frame.data)
            last[frame.kind] = max(round((frame.at - began) * 1000), last[frame.kind] + 1)
            packet.pts = packet.dts = last[frame.kind]
            packet.time_base = _MILLISECOND
            packet.stream = streams[frame.kind]
            packet.is_keyframe = frame.kind is Kind.AUDIO or frame.key
            container.mux(packet)
    return file.getvalue()


def picture_size(key_frame: bytes) -> tuple[int, int]:
    """Width and height, which only a key frame says (RFC 6386, 9.1)."""
    width, height = struct.unpack_from("<HH", key_frame, 6)
    return width & 0x3FFF, height & 0x3FFF
