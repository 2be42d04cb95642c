"""Keeps one outgoing stream continuous while the person behind it changes: new numbers, same order, same distances.

A constant offset is used per person, so that a packet lost before it reached us stays a visible hole and is asked for
again by the receiver (RFC 4585), instead of being hidden by consecutive numbering.
"""

_HALF = 0x8000
_REORDERING = 1024
"""Packets after which nothing from before the start of a source can still be on its way."""


class Continuity:
    """Maps sequence numbers (16 bit) and timestamps (32 bit, `clock_rate` ticks a second) of successive sources."""

    def __init__(self, clock_rate: int, first_sequence: int = 0) -> None:
        self._clock_rate = clock_rate
        self._next_sequence = first_sequence
        self._last_timestamp = 0
        self._last_sent_at: float | None = None
        self._floor: int | None = None
        self._sequence_offset = 0
        self._timestamp_offset = 0
        self.running = False
        """True once a packet of the present source has been mapped."""

    def restart(self) -> None:
        """The next packet comes from another source."""
        self.running = False

    def map(self, sequence: int, timestamp: int, now: float) -> tuple[int, int] | None:
        """Return the outgoing sequence number and timestamp; `now` in seconds of any monotonic clock.

        None for a late packet from before the first one of this source: its number would fall on the previous source.
        """
        if not self.running:
            self._begin(sequence, timestamp, now)
        if self._floor is not None and (sequence - self._floor) & 0xFFFF >= _HALF:
            return None
        mapped = (sequence + self._sequence_offset) & 0xFFFF
        if (mapped - self._next_sequence) & 0xFFFF < _HALF:
            self._advance(mapped, sequence, timestamp, now)
        return mapped, self.map_timestamp(timestamp)

    def map_timestamp(self, timestamp: int) -> int:
        """The outgoing timestamp for one of the present source."""
        return (timestamp + self._timestamp_offset) & 0xFFFFFFFF

    def _begin(self, sequence: int, timestamp: int, now: float) -> None:
        silence = 0.0 if self._last_sent_at is None else now - self._last_sent_at
        # At least one tick forward: a receiver takes two frames with one timestamp for a single one.
        start = self._last_timestamp + max(1, round(silence * self._clock_rate))
        self._sequence_offset = (self._next_sequence - sequence) & 0xFFFF
        self._timestamp_offset = (start - timestamp) & 0xFFFFFFFF
        self._floor = sequence
        self.running = True

    def _advance(self, mapped: int, sequence: int, timestamp: int, now: float) -> None:
        self._next_sequence = (mapped + 1) & 0xFFFF
        self._last_timestamp = self.map_timestamp(timestamp)
        self._last_sent_at = now
        if self._floor is not None and (sequence - self._floor) & 0xFFFF > _REORDERING:
            self._floor = None
