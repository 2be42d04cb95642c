"""What one person sent, frame by frame as it plays, and everybody's sound in one."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from adapters.composing.webm import RATE

Samples = NDArray[np.float32]
TOGETHER = 0.06
"""Seconds by which sound may come earlier or later than its time tells before it is placed anew."""


@dataclass(frozen=True)
class Piece:
    """A segment, or why there is none."""

    begins: float
    ends: float
    content: bytes | None
    word: str


class Seen:
    """What is to be seen of one person, asked for as time goes on."""

    def __init__(self, pieces: Sequence[Piece], nothing: str, no_picture: str) -> None:
        """`nothing` stands where no piece is, `no_picture` where it holds sound alone."""
        self._pieces = pieces
        self._nothing, self._no_picture = nothing, no_picture
        self._piece: Piece | None = None
        self._frames: Iterator[tuple[float, av.VideoFrame]] = iter(())
        self._next: tuple[float, av.VideoFrame] | None = None
        self._shown: av.VideoFrame | str = nothing

    def at(self, time: float) -> av.VideoFrame | str:
        """The picture of that moment, or the words in its place."""
        piece = next((piece for piece in self._pieces if piece.begins <= time < piece.ends), None)
        if piece is not self._piece:
            self._turn_to(piece)
        while self._next is not None and self._next[0] <= time:
            self._shown = self._next[1]
            self._next = next(self._frames, None)
        return self._shown

    def _turn_to(self, piece: Piece | None) -> None:
        self._piece, self._frames = piece, iter(())
        if piece is None or piece.content is None:
            self._shown = piece.word if piece is not None else self._nothing
        else:
            # Between two segments the last picture stays until the next one is there.
            self._shown = self._shown if isinstance(self._shown, av.VideoFrame) else self._no_picture
            self._frames = pictures(piece.content, piece.begins)
        self._next = next(self._frames, None)
        if piece is not None and piece.content is not None and self._next is None:
            self._shown = self._no_picture


def can_be_read(content: bytes) -> bool:
    """Whether it is a file of sound or pictures at all."""
    try:
        with av.open(io.BytesIO(content), "r") as file:
            return bool(file.streams.video or file.streams.audio)
    except av.FFmpegError:
        return False


def pictures(content: bytes, begins: float) -> Iterator[tuple[float, av.VideoFrame]]:
    """Every picture that can be decoded, with its time."""
    try:
        with av.open(io.BytesIO(content), "r") as file:
            for packet in file.demux(video=0) if file.streams.video else ():
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    continue
                for frame in frames:
                    if isinstance(frame, av.VideoFrame) and frame.time is not None:
                        yield begins + frame.time, frame
    except av.FFmpegError:
        return


def mixed(people: Sequence[Sequence[Piece]], begins: float, ends: float) -> NDArray[np.int16]:
    """Everybody's sound between two moments."""
    whole = np.zeros(round((ends - begins) * RATE), np.float32)
    for pieces in people:
        for piece in pieces:
            if piece.content is not None:
                _add(whole, piece, begins)
    return (np.clip(whole, -1.0, 1.0) * 32767).astype(np.int16)


def _add(whole: Samples, piece: Piece, begins: float) -> None:
    cursor: int | None = None
    for time, samples in _sound(piece.content or b""):
        wanted = round((piece.begins + time - begins) * RATE)
        # Times are told in milliseconds: what follows at once is put there to the sample.
        place = wanted if cursor is None or abs(wanted - cursor) > TOGETHER * RATE else cursor
        cursor = place + len(samples)
        first, last = max(0, place), min(len(whole), cursor)
        if first < last:
            whole[first:last] += samples[first - place : last - place]


def _sound(content: bytes) -> Iterator[tuple[float, Samples]]:
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    try:
        with av.open(io.BytesIO(content), "r") as file:
            for packet in file.demux(audio=0) if file.streams.audio else ():
                try:
                    frames = packet.decode()
                except av.FFmpegError:
                    continue
                for frame in frames:
                    if isinstance(frame, av.AudioFrame) and frame.time is not None:
                        for same in resampler.resample(frame):
                            yield frame.time, same.to_ndarray().reshape(-1).astype(np.float32)
    except av.FFmpegError:
        return
