"""Segments as a recorder makes them: a clip of one brightness and one tone."""

import math
from fractions import Fraction

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.video.codeccontext import VideoCodecContext

from rooms.recording.arriving import Frame
from rooms.recording.packets import Kind
from rooms.recording.webm import webm

RATE = 48_000


def segment(seconds: float, bright: int | None, tone: int | None, size: tuple[int, int] = (160, 120)) -> bytes:
    """`bright` from 0 to 255, None without pictures; `tone` in hertz, None without sound."""
    frames = [*_pictures(seconds, bright, size)] if bright is not None else []
    return webm(frames + (_sound(seconds, tone) if tone is not None else []), 0)


def _pictures(seconds: float, bright: int, size: tuple[int, int]) -> list[Frame]:
    codec = VideoCodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = *size, "yuv420p"
    codec.time_base, codec.bit_rate = Fraction(1, 10), 200_000
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    frames = []
    for n in range(round(seconds * 10)):
        frame = av.VideoFrame.from_ndarray(np.full((size[1], size[0], 3), bright, np.uint8), "rgb24")
        frame.pts = n
        frames += [Frame(Kind.VIDEO, n / 10, bytes(packet)) for packet in codec.encode(frame)]
    return frames


def _sound(seconds: float, tone: int) -> list[Frame]:
    codec = AudioCodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format = RATE, "stereo", "s16"
    frames = []
    for n in range(round(seconds * 50)):
        time = (np.arange(960) + n * 960) / RATE
        wave = (np.sin(2 * math.pi * tone * time) * 6000).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(np.repeat(wave, 2)[None, :], "s16", "stereo")
        frame.sample_rate, frame.pts = RATE, n * 960
        frames += [Frame(Kind.AUDIO, n / 50, bytes(packet)) for packet in codec.encode(frame)]
    return frames
