"""Which part is struck when and how: the same seed, the same plan."""

import random
from dataclasses import dataclass
from enum import StrEnum

PARTS = ("worker", "anchoring", "api", "temporal", "postgres", "s3", "pki", "mailbox", "anvil")
LONGEST_HANG = 20.0
LONGEST_DOWN = 8.0


class Blow(StrEnum):
    KILL = "kill"
    """SIGKILL; the supervisor starts the part again at once."""
    DOWN = "down"
    """SIGKILL, and not started again for a while."""
    HANG = "hang"
    """SIGSTOP, and SIGCONT after a while: the part is there and does not answer."""


@dataclass(frozen=True)
class Strike:
    """One blow, so many seconds after the beginning."""

    at: float
    part: str
    blow: Blow
    seconds: float
    """How long the part stays down or hangs."""

    def __str__(self) -> str:
        lasting = f" for {self.seconds:.1f} s" if self.seconds else ""
        return f"{self.at:7.1f}  {self.blow} {self.part}{lasting}"


def plan(seed: int, seconds: float, every: float, parts: tuple[str, ...] = PARTS) -> list[Strike]:
    """Strikes for `seconds`, on the average one `every` so many. Every part is struck once before any is twice."""
    chance, strikes, at = random.Random(seed), [], 0.0
    turn: list[str] = []
    while (at := at + chance.uniform(0.3, 1.7) * every) < seconds:
        if not turn:
            turn = chance.sample(parts, len(parts))
        blow = chance.choice(list(Blow))
        longest = {Blow.KILL: 0.0, Blow.DOWN: LONGEST_DOWN, Blow.HANG: LONGEST_HANG}[blow]
        strikes.append(Strike(round(at, 1), turn.pop(), blow, round(chance.uniform(0.2, 1) * longest, 1)))
    return strikes
