"""Whether the time of an answer tells a right PIN from a wrong one.

Two answers are timed in turn, and whoever looks at the clock says which of the two was right. They hit half of the time
when the clock tells nothing. The floor is the same question about two wrong answers: what this machine makes of it now.
No time is judged by itself, only how often the slower one is the one that was meant.
"""

import random
import statistics
import time
from dataclasses import dataclass

from bench.pin_guesses.guessing import EXPIRES, KEY, NOW
from domain.codes.pins import pin_of, proof_of
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinChallenges


@dataclass(frozen=True)
class Told:
    """By how many pairs, and what an onlooker makes of them."""

    pairs: int
    hits: float
    """Part of the pairs in which the right answer was the slower one: 0.5 tells nothing, 0 and 1 everything."""
    floor: float
    """The same of pairs in which both are wrong."""
    ratio: float
    """Median time of right answers by that of wrong ones."""

    @property
    def advantage(self) -> float:
        """By how much an onlooker does better than whoever tosses a coin, beyond what the floor does: from 0 to 0.5."""
        return max(0.0, abs(self.hits - 0.5) - abs(self.floor - 0.5))


async def time_answers(pins: PinChallenges, *, pairs: int, seed: int) -> Told:
    """Each answer is the first one to a code of its own; right and wrong come in random order."""
    chance = random.Random(seed)
    hits = {True: 0, False: 0}
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(-10, pairs):  # the first ones warm up
        for really in (True, False):
            order = [really, False]
            # Of two wrong answers, one is called the right one.
            meant = chance.randrange(2)
            if meant:
                order.reverse()
            taken = [await _timed(pins, f"time-{seed}-{number}-{really}-{turn}", order[turn]) for turn in (0, 1)]
            if number < 0:
                continue
            hits[really] += taken[meant] > taken[1 - meant]
            if really:
                times[True].append(taken[meant])
                times[False].append(taken[1 - meant])
    ratio = statistics.median(times[True]) / statistics.median(times[False])
    return Told(pairs, hits[True] / pairs, hits[False] / pairs, ratio)


async def _timed(pins: PinChallenges, challenge: str, right: bool) -> float:
    await pins.open(challenge, ProcedureId(f"prc_{challenge}"), ParticipantId("p1"), "identity", EXPIRES)
    pin = pin_of(KEY, challenge)
    proof = proof_of(KEY, challenge, pin if right else f"{(int(pin) + 1) % 10**6:06d}")
    began = time.perf_counter()
    answer = await pins.answer(challenge, "a1", proof, NOW)
    taken = time.perf_counter() - began
    assert answer.correct is right
    return taken
