"""Where segments are cut, and what becomes of late, lost, turned-over and missing packets. No process, no clock."""

import io
import random

import av
import pytest

from bench.rooms.clips import SMALL, encoded_video
from rooms.recording.arriving import CLOCK_RATES, Stream
from rooms.recording.packets import Kind, Packet
from rooms.recording.track import GRACE, OVERTIME, Taken, Track
from rooms.recording.webm import webm

LENGTH = 5.0
BEGAN = 1_790_000_000.0
VIDEO = encoded_video(7)
START = b"\x10"
"""Descriptor of a packet that begins a frame (RFC 7741, 4.2)."""


def picture(n: int, *, first: int = 0) -> Packet:
    """The nth picture; every fifteenth is a key frame. Each is one packet."""
    seconds = n / SMALL.rate
    ticks = (first + round(seconds * CLOCK_RATES[Kind.VIDEO])) & 0xFFFFFFFF
    return Packet(Kind.VIDEO, "p1", BEGAN + seconds, (65_500 + n) & 0xFFFF, ticks, START + VIDEO[n % len(VIDEO)])


def sound(n: int) -> Packet:
    return Packet(Kind.AUDIO, "p1", BEGAN + n * 0.02, n & 0xFFFF, n * 960, b"\xf8" + bytes(20))


def cut(packets: list[Packet]) -> list[Taken]:
    """The segments of what arrives in this order."""
    track = Track("p1", LENGTH)
    ended = [taken for packet in packets if (taken := track.take(packet)) is not None]
    last = track.end()
    return [*ended, *([last] if last else [])]


def both(seconds: float) -> list[Packet]:
    packets = [picture(n) for n in range(int(seconds * SMALL.rate))] + [sound(n) for n in range(int(seconds * 50))]
    return sorted(packets, key=lambda packet: packet.arrived_at)


def kinds(taken: Taken) -> set[Kind]:
    return {frame.kind for frame in taken.frames}


def first_picture(taken: Taken) -> bytes:
    return next(frame.data for frame in taken.frames if frame.kind is Kind.VIDEO)


def test_each_segment_begins_with_a_key_frame_and_plays_by_itself() -> None:
    segments = cut(both(17))
    assert [round(segment.ended - segment.began) for segment in segments] == [5, 5, 5, 2]
    for segment in segments:
        assert kinds(segment) == {Kind.AUDIO, Kind.VIDEO}
        assert first_picture(segment)[0] & 1 == 0
        with av.open(io.BytesIO(webm(segment.frames, segment.began)), "r") as file:
            assert len(list(file.decode(video=0))) >= 2 * SMALL.rate - 1


def test_who_has_no_camera_is_recorded_in_sound() -> None:
    segments = cut([sound(n) for n in range(50 * 12)])
    assert all(kinds(segment) == {Kind.AUDIO} for segment in segments)
    assert segments[0].ended - segments[0].began == pytest.approx(LENGTH + OVERTIME, abs=0.1)


def test_a_camera_that_is_switched_on_begins_a_segment() -> None:
    late = [p for p in both(8) if p.kind is Kind.AUDIO or p.arrived_at > BEGAN + GRACE + 1]
    segments = cut(late)
    assert [kinds(segment) for segment in segments[:2]] == [{Kind.AUDIO}, {Kind.AUDIO, Kind.VIDEO}]


def test_silence_ends_a_segment_so_that_it_can_be_declared() -> None:
    muted = [p for p in both(4) if not BEGAN + 1 < p.arrived_at < BEGAN + 3.4]
    segments = cut(muted)
    assert len(segments) == 2
    assert segments[1].began - segments[0].ended > 2


def test_nothing_is_taken_from_inside_a_picture() -> None:
    packets = [picture(n) for n in range(3, 40)]
    (segment,) = cut(packets)
    assert first_picture(segment) == VIDEO[15]


def test_a_clock_that_turns_over_and_packets_out_of_order_change_nothing() -> None:
    straight = [picture(n) for n in range(60)]
    turned = [picture(n, first=0xFFFFFFFF - 90_000) for n in range(60)]
    chance = random.Random(3)
    for n in range(2, 58, 2):
        if chance.random() < 0.3:
            turned[n], turned[n + 1] = turned[n + 1], turned[n]
    (one,), (other,) = cut(straight), cut(turned)
    # What is out of order waits for its turn, and the last ones have nobody behind them to let them go.
    assert [frame.data for frame in other.frames] == [frame.data for frame in one.frames][: len(other.frames)]
    assert len(other.frames) > 50
    steps = [round(b.at - a.at, 3) for a, b in zip(other.frames, other.frames[1:], strict=False)]
    assert all(step >= 0 for step in steps) and max(steps) < 0.2


def test_a_picture_that_is_lost_for_good_is_asked_for_and_nothing_broken_is_kept() -> None:
    track, asked, segments = Track("p1", 600.0), False, []
    for n in range(300):
        if n != 20 and (taken := track.take(picture(n))) is not None:
            segments.append(taken)
        asked = asked or track.wants_key_frame
    assert asked
    assert [frame.data for frame in segments[0].frames] == VIDEO[:19]
    assert track.taken.frames[0].key, "goes on inside what needs the lost picture"


def test_nonsense_costs_nobody_else_anything() -> None:
    stream = Stream(Kind.VIDEO)
    for payload in (b"", b"\x90", b"\xff" * 3, bytes(1), START):
        stream.take(Packet(Kind.VIDEO, "p1", BEGAN, 1, 1, payload))
    assert cut(both(1))
