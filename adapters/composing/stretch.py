"""Makes one stretch of a composed video from the segments that play in it."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from adapters.composing.people import Piece, Seen, can_be_read, mixed
from adapters.composing.picture import Canvas
from adapters.composing.webm import AUDIO, RATE, VIDEO, Block
from domain.ports.composing import Card, Layout
from domain.procedure.playing import BEFORE, Stretch

RATE_OF_PICTURES = 20
"""A second: fewer, and signs are hard to read."""
KEY_EVERY = 100
BITS_A_PIXEL = 0.05
SOUND = 40_000
"""Bits a second."""
OPUS = RATE // 50

NOTHING, NO_PICTURE, UNREADABLE = "nothing_sent", "no_picture", "unreadable"


def blocks_of(layout: Layout, stretch: Stretch, segments: Mapping[int, bytes], font: bytes) -> list[Block]:
    """The encoded stretch. A segment that is not in `segments` could not be read."""
    people = [_pieces(layout, stretch, person, segments) for person in layout.people]
    sound = mixed(people, stretch.begins - BEFORE, stretch.ends)
    return [*_sound(stretch, sound), *_pictures(layout, stretch, people, font)]


def _pieces(layout: Layout, stretch: Stretch, person: Card, segments: Mapping[int, bytes]) -> list[Piece]:
    pieces = []
    for shown in stretch.shown:
        if shown.participant == person.participant:
            content = None if shown.n is None else segments.get(shown.n)
            content = content if content is not None and can_be_read(content) else None
            word = layout.missing.get(shown.reason or UNREADABLE, "")
            pieces.append(Piece(shown.begins, shown.ends, content, word))
    return pieces


def _pictures(layout: Layout, stretch: Stretch, people: list[list[Piece]], font: bytes) -> Iterator[Block]:
    canvas = Canvas(layout, font)
    encoder = _video_encoder(canvas)
    seen = [Seen(pieces, layout.missing[NOTHING], layout.missing[NO_PICTURE]) for pieces in people]
    last: list[av.VideoFrame | str | None] = [None] * len(seen)
    zone = ZoneInfo(layout.time_zone)
    count = max(1, round((stretch.ends - stretch.begins) * RATE_OF_PICTURES))
    for number in range(count):
        time = stretch.begins + number / RATE_OF_PICTURES
        for place, person in enumerate(seen):
            now = person.at(time)
            if now is not last[place]:
                last[place] = now
                canvas.tile(place, canvas.card(now) if isinstance(now, str) else canvas.picture(now))
        canvas.clock((stretch.at + timedelta(seconds=number / RATE_OF_PICTURES)).astimezone(zone))
        frame = canvas.frame()
        frame.pts = number
        yield from _encoded(encoder, frame, stretch)
    yield from _encoded(encoder, None, stretch)


def _encoded(encoder: VideoCodecContext, frame: av.VideoFrame | None, stretch: Stretch) -> Iterator[Block]:
    for packet in encoder.encode(frame):
        at = round(stretch.begins * 1000) + (packet.pts or 0) * 1000 // RATE_OF_PICTURES
        yield Block(VIDEO, at, bool(packet.is_keyframe), bytes(packet))


def _video_encoder(canvas: Canvas) -> VideoCodecContext:
    encoder = VideoCodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = canvas.width, canvas.height, "yuv420p"
    encoder.time_base = Fraction(1, RATE_OF_PICTURES)
    encoder.framerate = Fraction(RATE_OF_PICTURES)
    encoder.bit_rate = round(canvas.width * canvas.height * RATE_OF_PICTURES * BITS_A_PIXEL)
    encoder.thread_count = 1
    # A negative `cpu-used` is a fixed speed: with a positive one the same input gives other bytes on a busy machine.
    encoder.options = {
        "deadline": "realtime",
        "cpu-used": "-6",
        "g": str(KEY_EVERY),
        "lag-in-frames": "0",
        "auto-alt-ref": "0",
    }
    return encoder


def _sound(stretch: Stretch, samples: NDArray[np.int16]) -> Iterator[Block]:
    encoder = AudioCodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "mono", "s16"
    encoder.bit_rate = SOUND
    encoder.time_base = Fraction(1, RATE)
    warming = round(BEFORE * RATE) // OPUS
    for number in range(len(samples) // OPUS):
        frame = av.AudioFrame.from_ndarray(samples[None, number * OPUS : (number + 1) * OPUS], "s16", "mono")
        frame.sample_rate, frame.pts = RATE, number * OPUS
        for packet in encoder.encode(frame):
            if number >= warming:
                at = round(stretch.begins * 1000) + (number - warming) * 20
                yield Block(AUDIO, at, True, bytes(packet))
