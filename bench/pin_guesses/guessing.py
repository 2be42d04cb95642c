"""Those who guess: several processes at once, all at the same codes, with every trick that a client has.

A stranger types six digits at random. An insider reads the right ones over a shoulder, now and then. Both have new
codes sent while others guess, repeat the id of an attempt that somebody else is judged for, and answer codes that were
never sent. What they type becomes what the API makes of it (`proof_of`), and goes to the port.
"""

import asyncio
import random
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

from adapters.postgres.database import Database
from adapters.postgres.pins import PinsPostgres
from domain.codes.pins import PIN_DIGITS, pin_of, proof_of
from domain.errors import Refusal, TryAgain
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer, PinChallenges

KEY = b"\x07" * 32
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EXPIRES = NOW + timedelta(minutes=5)
GUESSES_OF_ONE = 250
"""About how many guesses are aimed at each person."""
CODES_TRIED = 9
"""More than anybody is sent."""


@dataclass(frozen=True)
class Orders:
    """What one process does. The same orders make the same guesses; in which order the database has them is chance."""

    url: str
    seed: int
    process: int
    guesses: int
    people: int
    at_once: int


@dataclass
class Heard:
    """What came back, as those who guessed count it."""

    answers: Counter[str] = field(default_factory=Counter)
    """How many got `right`, `wrong`, or the code of which refusal."""
    judged: dict[str, dict[str, tuple[bool, int]]] = field(default_factory=dict)
    """By code and attempt: whether it was right, and how many tries it was told are left."""
    contradictions: int = 0
    """Attempts that were told one thing and later another."""

    def hear(self, challenge: str, attempt: str, answer: PinAnswer) -> None:
        self.answers["right" if answer.correct else "wrong"] += 1
        told = (answer.correct, answer.left)
        if self.judged.setdefault(challenge, {}).setdefault(attempt, told) != told:
            self.contradictions += 1

    def add(self, other: "Heard") -> None:
        self.answers.update(other.answers)
        self.contradictions += other.contradictions
        for challenge, attempts in other.judged.items():
            known = self.judged.setdefault(challenge, {})
            for attempt, told in attempts.items():
                if known.setdefault(attempt, told) != told:
                    self.contradictions += 1


def challenge_of(person: int, code: int) -> str:
    return f"code-{person}-{code}"


def insider(person: int) -> bool:
    return person % 2 == 1


async def guess(pins: PinChallenges, orders: Orders) -> Heard:
    """Carry out the orders against that port."""
    chance = random.Random(f"{orders.seed}/{orders.process}")
    heard, left = Heard(), iter(range(orders.guesses))

    async def one_by_one() -> None:
        for number in left:
            person, code = chance.randrange(orders.people), chance.randrange(CODES_TRIED)
            challenge = challenge_of(person, code)
            if chance.random() < CODES_TRIED / GUESSES_OF_ONE:
                await _tried(heard, "send", _send(pins, person, challenge))
            pin = f"{chance.randrange(10**PIN_DIGITS):0{PIN_DIGITS}d}"
            if insider(person) and chance.random() < 0.15:
                pin = pin_of(KEY, challenge)
            repeated = chance.random() < 0.1
            attempt = f"again-{chance.randrange(2)}" if repeated else f"{orders.process}-{number}"
            await _tried(heard, "guess", _answer(pins, heard, challenge, attempt, pin))

    await asyncio.gather(*[one_by_one() for _ in range(orders.at_once)])
    return heard


async def _send(pins: PinChallenges, person: int, challenge: str) -> None:
    await pins.open(challenge, ProcedureId(f"prc_{person}"), ParticipantId("p1"), "identity", EXPIRES)


async def _answer(pins: PinChallenges, heard: Heard, challenge: str, attempt: str, pin: str) -> None:
    heard.hear(challenge, attempt, await pins.answer(challenge, attempt, proof_of(KEY, challenge, pin), NOW))


async def _tried(heard: Heard, what: str, asked: "asyncio.Future[None] | object") -> None:
    try:
        await asked  # type: ignore[misc]
    except Refusal as refusal:
        heard.answers[refusal.code] += 1
    except TryAgain:
        heard.answers[f"{what} not answered"] += 1


async def guess_in_this_process(orders: Orders) -> Heard:
    async with Database.connect(orders.url, connections=orders.at_once, patience=120) as database:
        return await guess(PinsPostgres(database, lambda: (KEY,)), orders)


def _process(orders: Orders) -> Heard:
    return asyncio.run(guess_in_this_process(orders))


def guess_together(url: str, *, seed: int, guesses: int, processes: int, at_once: int) -> Heard:
    """All of it, by as many processes with as many connections each. Blocks until the last guess was answered."""
    people = max(1, guesses // GUESSES_OF_ONE)
    share = [guesses // processes + (number < guesses % processes) for number in range(processes)]
    orders = [Orders(url, seed, number, many, people, at_once) for number, many in enumerate(share)]
    heard = Heard()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for one in pool.map(_process, orders):
            heard.add(one)
    return heard
