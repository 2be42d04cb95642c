"""A network too narrow for what is sent over it, told from one that loses a packet now and then.

Sound comes first. Whoever receives over a narrow network gets single pictures for a while, and nobody else is sent less
for their sake; whoever sends over one is asked for what the network carries, however little.
"""

_HALF = 0x8000


class Reported:
    """What the reports on one stream say, over a second at least: each alone is of a handful of packets.

    Scar: under loss a browser sends a report with every request, of two packets or three, half of them without loss.
    """

    WINDOW, ENOUGH = 1.0, 20

    def __init__(self) -> None:
        self._from: tuple[int, int, float] | None = None

    def note(self, lost: int, highest: int, now: float) -> float | None:
        """The share that was lost since it was last told; None while there is too little to say."""
        if self._from is None:
            self._from = (lost, highest, now)
            return None
        packets, seconds = (highest - self._from[1]) & 0xFFFFFFFF, now - self._from[2]
        if seconds < self.WINDOW or packets < self.ENOUGH:
            return None
        share = max(0, lost - self._from[0]) / packets
        self._from = (lost, highest, now)
        return share


class Downlink:
    """The way to one subscriber, as their receiver reports tell of it. Seconds are of any clock that goes forward."""

    NARROW = 0.25
    """Share of the packets of a stream that did not arrive: chance alone loses fewer."""
    SPAN = 0.9
    """Seconds for which it is so: one time may be of an instant."""
    FIRST, LONGEST = 20.0, 160.0
    """Seconds for which single pictures are sent; doubled each time that all of them were too many again."""

    def __init__(self) -> None:
        self._bad_since: float | None = None
        self._until = 0.0
        self._lasts = self.FIRST

    def note(self, loss: float, now: float) -> None:
        """That share of what was sent is lost now. What is lost of single pictures is no news."""
        if self.is_narrow(now):
            return
        if loss < self.NARROW:
            self._bad_since = None
            return
        self._bad_since = now if self._bad_since is None else self._bad_since
        # Whoever had too little a moment ago is not made to wait for a second report.
        again = self._until > 0 and now - self._until < self.LONGEST
        if again or now - self._bad_since >= self.SPAN:
            self._lasts = min(2 * self._lasts, self.LONGEST) if again else self.FIRST
            self._until, self._bad_since = now + self._lasts, None

    def is_narrow(self, now: float) -> bool:
        return now < self._until


class Uplink:
    """What arrives of somebody's pictures, and what never does: retransmissions fill what chance has lost."""

    NARROW = 0.05
    WINDOW = 2.0
    HEALS, LONGEST = 20.0, 160.0
    """Seconds without such loss until more is asked for than arrived; doubled each time that it was too much again."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._highest = 0
        self._arrived = 0
        self._since = 0.0
        self._lossy_at: float | None = None
        self._heals = self.HEALS

    def note(self, sequence: int, now: float) -> None:
        """A packet with this number (16 bit) arrived."""
        if self._first is None:
            self._first, self._highest, self._arrived, self._since = sequence, sequence, 0, now
        if (sequence - self._highest) & 0xFFFF < _HALF:
            self._highest = sequence
        self._arrived += 1
        if now - self._since >= self.WINDOW:
            expected = ((self._highest - self._first) & 0xFFFF) + 1
            if self._arrived < (1 - self.NARROW) * expected:
                self._note_loss(now)
            self._first = None

    def is_narrow(self, now: float) -> bool:
        return self._lossy_at is not None and now - self._lossy_at < self._heals

    def _note_loss(self, now: float) -> None:
        since = 0.0 if self._lossy_at is None else now - self._lossy_at
        if since >= self._heals:
            self._heals = min(2 * self._heals, self.LONGEST) if since < 2 * self._heals else self.HEALS
        self._lossy_at = now
