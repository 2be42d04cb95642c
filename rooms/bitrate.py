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
