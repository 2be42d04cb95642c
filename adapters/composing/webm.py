"""WebM (RFC 8794, RFC 9559) as this project writes it: clusters that are made one by one, and what stands around them.

A library's muxer wants to go back in its file. Here no byte changes once it is written, so that a video of hours can be
made, kept and played piece by piece.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.ports.composing import Cluster

MEDIA_TYPE = "video/webm"
VIDEO, AUDIO = 1, 2
"""Numbers of the tracks."""
RATE = 48_000
DELAY = 312
"""Samples that an Opus encoder needs before the first one comes out (libopus, 48 kHz)."""

_EBML, _SEGMENT, _SEEK_HEAD, _SEEK, _INFO, _TRACKS = 0x1A45DFA3, 0x18538067, 0x114D9B74, 0x4DBB, 0x1549A966, 0x1654AE6B
_CLUSTER, _TIMESTAMP, _SIMPLE_BLOCK = 0x1F43B675, 0xE7, 0xA3
_CUES, _CUE_POINT, _CUE_TIME, _CUE_POSITIONS, _CUE_TRACK, _CUE_CLUSTER = 0x1C53BB6B, 0xBB, 0xB3, 0xB7, 0xF7, 0xF1
_KEY = 0x80


@dataclass(frozen=True, slots=True)
class Block:
    """One encoded frame."""

    track: int
    at: int
    """Milliseconds from the beginning of the video."""
    key: bool
    data: bytes


def clusters_of(blocks: Sequence[Block]) -> Iterator[tuple[Cluster, bytes]]:
    """Clusters of blocks in their order, a new one with each key frame of the picture."""
    held: list[Block] = []
    for block in sorted(blocks, key=lambda block: (block.at, block.track)):
        if held and block.track == VIDEO and block.key:
            yield _cluster(held)
            held = []
        held.append(block)
    if held:
        yield _cluster(held)


def before(width: int, height: int, clusters: Sequence[Cluster], lasts: float) -> bytes:
    """Everything up to the first cluster."""
    info, tracks = _info(lasts), _tracks(width, height)
    size = sum(cluster.size for cluster in clusters)
    told = len(_seek_head(0, 0, 0))
    seek = _seek_head(told, told + len(info), told + len(info) + len(tracks) + size)
    inside = seek + info + tracks
    whole = len(inside) + size + len(after(width, height, clusters))
    return _header() + _id(_SEGMENT) + _size(whole) + inside


def after(width: int, height: int, clusters: Sequence[Cluster]) -> bytes:
    """What follows the last cluster: where each of them is, so that a player can jump."""
    place = len(_seek_head(0, 0, 0)) + len(_info(0.0)) + len(_tracks(width, height))
    points = []
    for cluster in clusters:
        positions = _number(_CUE_TRACK, VIDEO) + _number(_CUE_CLUSTER, place)
        points.append(_element(_CUE_POINT, _number(_CUE_TIME, cluster.begins) + _element(_CUE_POSITIONS, positions)))
        place += cluster.size
    return _element(_CUES, b"".join(points))


def _cluster(blocks: Sequence[Block]) -> tuple[Cluster, bytes]:
    begins = blocks[0].at
    body = b"".join(_element(_SIMPLE_BLOCK, _told(block, begins) + block.data) for block in blocks)
    content = _element(_CLUSTER, _number(_TIMESTAMP, begins) + body)
    return Cluster(begins=begins, size=len(content)), content


def _told(block: Block, begins: int) -> bytes:
    """Of which track, when in its cluster, and whether it needs none before it."""
    return bytes((0x80 | block.track,)) + struct.pack(">hB", block.at - begins, _KEY if block.key else 0)


def _header() -> bytes:
    told = _number(0x4286, 1) + _number(0x42F7, 1) + _number(0x42F2, 4) + _number(0x42F3, 8)
    return _element(_EBML, told + _element(0x4282, b"webm") + _number(0x4287, 4) + _number(0x4285, 2))


def _seek_head(info: int, tracks: int, cues: int) -> bytes:
    places = ((_INFO, info), (_TRACKS, tracks), (_CUES, cues))
    return _element(
        _SEEK_HEAD,
        b"".join(_element(_SEEK, _element(0x53AB, _id(id)) + _number(0x53AC, place)) for id, place in places),
    )


def _info(lasts: float) -> bytes:
    told = _number(0x2AD7B1, 1_000_000) + _element(0x4489, struct.pack(">d", lasts * 1000))
    return _element(_INFO, told + _element(0x4D80, b"estrado") + _element(0x5741, b"estrado"))


def _tracks(width: int, height: int) -> bytes:
    picture = _element(0xE0, _number(0xB0, width) + _number(0xBA, height))
    video = _track(VIDEO, 1, b"V_VP8") + picture
    # Standard: RFC 7845 5.1, the head of Opus; here one channel.
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, DELAY, RATE, 0, 0)
    delays = _number(0x56AA, DELAY * 1_000_000_000 // RATE) + _number(0x56BB, 80_000_000)
    sound = _element(0xE1, _element(0xB5, struct.pack(">d", float(RATE))) + _number(0x9F, 1))
    audio = _track(AUDIO, 2, b"A_OPUS") + _element(0x63A2, head) + delays + sound
    return _element(_TRACKS, _element(0xAE, video) + _element(0xAE, audio))


def _track(number: int, kind: int, codec: bytes) -> bytes:
    told = _number(0xD7, number) + _number(0x73C5, number) + _number(0x83, kind) + _number(0x9C, 0)
    return told + _element(0x86, codec)


def _element(id: int, content: bytes) -> bytes:
    return _id(id) + _size(len(content)) + content


def _number(id: int, value: int) -> bytes:
    """Always of the same length, so that a place can be told before it is known."""
    return _element(id, struct.pack(">Q", value))


def _id(id: int) -> bytes:
    return id.to_bytes((id.bit_length() + 7) // 8, "big")


def _size(size: int) -> bytes:
    return struct.pack(">Q", size | 1 << 56)
