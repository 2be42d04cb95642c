"""How much video a person is asked to send; it must never let one slow estimate spoil the picture for everybody."""

from collections.abc import Callable


class BitrateLimits:
    """What a publisher is told it may send, in bits a second (the REMB message).

    aiortc's estimator starts very low, climbs slowly and takes a stall of our own loop for a bad network: without a
    floor browsers shrink the picture to 480x360. A real lack of bandwidth still shows as loss, to which they react.
    """

    CEILING = 1_500_000
    FLOOR = 800_000
    STARVED_FLOOR = 150_000

    def __init__(self) -> None:
        self.floor = self.FLOOR
        self.slowest_subscriber: Callable[[], int | None] = lambda: None

    def apply(self, estimate: int) -> int:
        """Bring the estimator's opinion within limits; a subscriber that really loses packets lowers them."""
        allowed = min(max(estimate, self.floor), self.CEILING)
        slowest = self.slowest_subscriber()
        return allowed if slowest is None else max(min(allowed, slowest), self.STARVED_FLOOR)


class Allowance:
    """How much of what a person sends is carried on: far more than they are asked for, and never without end.

    A full bucket lets a key frame of a good camera through at once; what overflows is lost, as on a narrow network.
    """

    SHARE = 4
    """Times what a publisher is told that it may send."""
    BURST = 1.0
    """Seconds of it at once."""
    LEAST = 100
    """Bytes that a packet counts for however small it is: many small ones are as much work."""

    def __init__(self, bits: int) -> None:
        """`bits`: what a publisher is told that it may send in a second."""
        self._rate = self.SHARE * bits / 8
        self._left = self._rate * self.BURST
        self._at = 0.0

    def takes(self, size: int, now: float) -> bool:
        """Whether a packet of `size` bytes at `now` (seconds of any clock) is carried on."""
        self._left = min(self._left + (now - self._at) * self._rate, self._rate * self.BURST)
        self._at = now
        cost = max(size, self.LEAST)
        if cost > self._left:
            return False
        self._left -= cost
        return True
