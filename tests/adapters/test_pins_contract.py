"""What every keeper of PINs does, in PostgreSQL and in memory: three tries, five minutes, one use."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from adapters.memory import MemoryPins
from adapters.memory.people import KEY
from adapters.postgres.pins import PinsPostgres
from domain.codes.pins import pin_of, proof_of
from domain.errors import PersonMustAct, Refusal
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer, PinChallenges

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
PROCEDURE, PERSON = ProcedureId("prc_1"), ParticipantId("p1")


@pytest.fixture(params=["memory", "postgres"])
def pins(request: pytest.FixtureRequest) -> PinChallenges:
    if request.param == "memory":
        return MemoryPins()
    return PinsPostgres(request.getfixturevalue("database"), lambda: (KEY,))


async def opened(pins: PinChallenges, challenge: str = "c1", person: ParticipantId = PERSON) -> str:
    return await pins.open(challenge, PROCEDURE, person, "identity", LATER)


def right(challenge: str = "c1") -> str:
    return proof_of(KEY, challenge, pin_of(KEY, challenge))


async def test_the_pin_that_was_sent_is_accepted_once(pins: PinChallenges) -> None:
    pin = await opened(pins)
    assert len(pin) == 6
    assert pin.isdigit()
    assert await pins.answer("c1", "a1", proof_of(KEY, "c1", pin), NOW) == PinAnswer(correct=True, left=2)
    with pytest.raises(Refusal, match="pin_used"):
        await pins.answer("c1", "a2", proof_of(KEY, "c1", pin), NOW)


async def test_opening_again_sends_the_same_pin(pins: PinChallenges) -> None:
    first = await opened(pins)
    assert await asyncio.gather(*[opened(pins) for _ in range(5)]) == [first] * 5


async def test_a_wrong_pin_leaves_two_tries_then_one_then_none(pins: PinChallenges) -> None:
    await opened(pins)
    answers = [await pins.answer("c1", f"a{n}", "0" * 64, NOW) for n in range(3)]
    assert answers == [PinAnswer(correct=False, left=left) for left in (2, 1, 0)]
    with pytest.raises(Refusal, match="pin_exhausted"):
        await pins.answer("c1", "a4", right(), NOW)


async def test_the_same_attempt_is_counted_once_and_answered_the_same(pins: PinChallenges) -> None:
    await opened(pins)
    answers = await asyncio.gather(*[pins.answer("c1", "a1", "0" * 64, NOW) for _ in range(10)])
    assert answers == [PinAnswer(correct=False, left=2)] * 10
    assert await pins.answer("c1", "a2", right(), NOW) == PinAnswer(correct=True, left=1)
    assert await pins.answer("c1", "a2", right(), LATER + timedelta(days=1)) == PinAnswer(correct=True, left=1)


async def test_a_pin_is_dead_at_its_hour(pins: PinChallenges) -> None:
    await opened(pins)
    with pytest.raises(Refusal, match="pin_expired"):
        await pins.answer("c1", "a1", right(), LATER)
    assert (await pins.answer("c1", "a2", right(), LATER - timedelta(microseconds=1))).correct


async def test_the_pin_of_one_challenge_does_not_answer_another(pins: PinChallenges) -> None:
    await opened(pins, "c1")
    await opened(pins, "c2")
    assert not (await pins.answer("c2", "a1", right("c1"), NOW)).correct


async def test_a_challenge_that_was_never_opened_is_refused(pins: PinChallenges) -> None:
    with pytest.raises(Refusal, match="unknown_challenge"):
        await pins.answer("c9", "a1", right("c9"), NOW)


async def test_a_challenge_belongs_to_one_person_and_purpose(pins: PinChallenges) -> None:
    await opened(pins)
    with pytest.raises(PersonMustAct, match="pin_challenge_reused"):
        await opened(pins, "c1", ParticipantId("p2"))
    with pytest.raises(PersonMustAct, match="pin_challenge_reused"):
        await pins.open("c1", PROCEDURE, PERSON, "f" * 64, LATER)


async def test_after_five_unanswered_pins_no_more_are_sent(pins: PinChallenges) -> None:
    ends = await asyncio.gather(*[opened(pins, f"c{n}") for n in range(12)], return_exceptions=True)
    assert sum(isinstance(end, str) for end in ends) == 5
    assert {end.code for end in ends if isinstance(end, Refusal)} == {"too_many_pins"}
    await opened(pins, "other", ParticipantId("p2"))


async def test_pins_answered_correctly_do_not_count_against_a_long_act(pins: PinChallenges) -> None:
    for n in range(8):
        await opened(pins, f"c{n}")
        assert (await pins.answer(f"c{n}", "a1", right(f"c{n}"), NOW)).correct
