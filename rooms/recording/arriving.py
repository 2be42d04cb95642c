"""Puts packets together again: whole encoded frames of one person, with the time at which each belongs."""

from dataclasses import dataclass
from typing import Any

from aiortc.codecs.vpx import VpxPayloadDescriptor
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket

from rooms.recording.packets import Kind, Packet
from rooms.vp8 import is_key_frame, starts_key_frame

CLOCK_RATES = {Kind.AUDIO: 48_000, Kind.VIDEO: 90_000}
_BUFFERS = {Kind.AUDIO: 16, Kind.VIDEO: 128}
_PREFETCH = {Kind.AUDIO: 4, Kind.VIDEO: 0}
DRIFT = 0.5
"""Seconds by which a sender's clock may go away from ours before its frames are placed anew."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One encoded frame, untouched."""

    kind: Kind
    at: float
    """Seconds since 1970, by the server's clock."""
    data: bytes

    @property
    def key(self) -> bool:
        return self.kind is Kind.VIDEO and is_key_frame(self.data)


class Stream:
    """What one person sends of one kind, from when they came until they go."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._buffer = JitterBuffer(_BUFFERS[kind], _PREFETCH[kind], is_video=kind is Kind.VIDEO)
        self._begun = kind is Kind.AUDIO
        self._timestamp: int | None = None
        self._base = 0.0
        self._ticks = 0
        self._last = 0.0
        self.wants_key_frame = False
        """True when a packet is lost for good: no picture makes sense until one that needs none before it."""

    def take(self, packet: Packet) -> Frame | None:
        """The frame that this packet completes, if it completes one."""
        data = packet.payload
        if self._kind is Kind.VIDEO:
            # Beginning inside a frame would take the middle of it for a frame of its own.
            self._begun = self._begun or starts_key_frame(packet.payload)
            if not self._begun:
                return None
            try:
                _, data = VpxPayloadDescriptor.parse(packet.payload)
            except ValueError:
                return None
        received: Any = RtpPacket(sequence_number=packet.sequence, timestamp=packet.timestamp, payload=packet.payload)
        received._data = data
        lost, whole = self._buffer.add(received)
        self.wants_key_frame = self.wants_key_frame or lost
        if whole is None or not whole.data:
            return None
        if self.wants_key_frame and not is_key_frame(whole.data):
            return None
        self.wants_key_frame = False
        return Frame(self._kind, self._time_of(whole.timestamp, packet.arrived_at), bytes(whole.data))

    def _time_of(self, timestamp: int, arrived_at: float) -> float:
        """By the sender's clock, so that the network's delays do not show; never backwards."""
        if self._timestamp is not None:
            step = (timestamp - self._timestamp) & 0xFFFFFFFF
            self._ticks += step if step < 1 << 31 else step - (1 << 32)
        self._timestamp = timestamp
        at = self._base + self._ticks / CLOCK_RATES[self._kind]
        if abs(at - arrived_at) > DRIFT:
            self._base, self._ticks = arrived_at, 0
            at = arrived_at
        self._last = max(at, self._last)
        return self._last
