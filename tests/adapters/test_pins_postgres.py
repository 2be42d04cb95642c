"""PINs against a real PostgreSQL: three tries, five minutes, one use, whatever is repeated or done at once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.pins import PinsPostgres
from domain.codes.pins import CODE_ALPHABET, pin_of, proof_of, summons_code_of
from domain.errors import PersonMustAct, Refusal
from domain.ids import ParticipantId, ProcedureId
from domain.ports import PinAnswer

KEY = b"p" * 32
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
PROCEDURE, PERSON = ProcedureId("prc_1"), ParticipantId("p1")


@pytest.fixture
def pins(database: Database) -> PinsPostgres:
    return PinsPostgres(database, KEY)


async def opened(pins: PinsPostgres, challenge: str = "c1", person: ParticipantId = PERSON) -> str:
    return await pins.open(challenge, PROCEDURE, person, "identity", LATER)


def right(challenge: str = "c1") -> str:
    return proof_of(KEY, challenge, pin_of(KEY, challenge))


async def test_the_pin_that_was_sent_is_accepted_once(pins: PinsPostgres) -> None:
    pin = await opened(pins)
    assert len(pin) == 6
    assert pin.isdigit()
    assert await pins.answer("c1", "a1", proof_of(KEY, "c1", pin), NOW) == PinAnswer(correct=True, left=2)
    with pytest.raises(Refusal, match="pin_used"):
        await pins.answer("c1", "a2", proof_of(KEY, "c1", pin), NOW)


async def test_opening_again_sends_the_same_pin(pins: PinsPostgres) -> None:
    first = await opened(pins)
    assert await asyncio.gather(*[opened(pins) for _ in range(5)]) == [first] * 5


async def test_neither_the_pin_nor_a_digest_of_it_is_stored(pins: PinsPostgres, database: Database) -> None:
    pin = await opened(pins)
    await pins.answer("c1", "a1", right(), NOW)
    for table in ("pin_challenges", "pin_attempts"):
        for row in await database.rows(f"SELECT row_to_json({table})::text AS said FROM {table}"):  # noqa: S608
            assert f'"{pin}"' not in row["said"]
            assert right() not in row["said"]


async def test_a_wrong_pin_leaves_two_tries_then_one_then_none(pins: PinsPostgres) -> None:
    await opened(pins)
    answers = [await pins.answer("c1", f"a{n}", "0" * 64, NOW) for n in range(3)]
    assert answers == [PinAnswer(correct=False, left=left) for left in (2, 1, 0)]
    with pytest.raises(Refusal, match="pin_exhausted"):
        await pins.answer("c1", "a4", right(), NOW)


async def test_the_same_attempt_is_counted_once_and_answered_the_same(pins: PinsPostgres) -> None:
    await opened(pins)
    answers = await asyncio.gather(*[pins.answer("c1", "a1", "0" * 64, NOW) for _ in range(10)])
    assert answers == [PinAnswer(correct=False, left=2)] * 10
    assert await pins.answer("c1", "a2", right(), NOW) == PinAnswer(correct=True, left=1)
    assert await pins.answer("c1", "a2", right(), LATER + timedelta(days=1)) == PinAnswer(correct=True, left=1)


async def test_fifty_guesses_at_once_are_three_tries(pins: PinsPostgres, database: Database) -> None:
    await opened(pins)
    ends = await asyncio.gather(
        *[pins.answer("c1", f"a{n}", f"{n:064x}", NOW) for n in range(50)], return_exceptions=True
    )
    assert sorted(end.left for end in ends if isinstance(end, PinAnswer)) == [0, 1, 2]
    assert Counter(end.code for end in ends if isinstance(end, Refusal)) == {"pin_exhausted": 47}
    row = await database.row("SELECT attempts FROM pin_challenges")
    assert row is not None
    assert row["attempts"] == 3


async def test_fifty_right_answers_at_once_are_one_success(pins: PinsPostgres) -> None:
    await opened(pins)
    ends = await asyncio.gather(*[pins.answer("c1", f"a{n}", right(), NOW) for n in range(50)], return_exceptions=True)
    assert [end for end in ends if isinstance(end, PinAnswer)] == [PinAnswer(correct=True, left=2)]
    assert Counter(end.code for end in ends if isinstance(end, Refusal)) == {"pin_used": 49}


async def test_a_pin_is_dead_at_its_hour(pins: PinsPostgres) -> None:
    await opened(pins)
    with pytest.raises(Refusal, match="pin_expired"):
        await pins.answer("c1", "a1", right(), LATER)
    assert (await pins.answer("c1", "a2", right(), LATER - timedelta(microseconds=1))).correct


async def test_the_pin_of_one_challenge_does_not_answer_another(pins: PinsPostgres) -> None:
    await opened(pins, "c1")
    await opened(pins, "c2")
    assert not (await pins.answer("c2", "a1", right("c1"), NOW)).correct


async def test_a_challenge_that_was_never_opened_is_refused(pins: PinsPostgres) -> None:
    with pytest.raises(Refusal, match="unknown_challenge"):
        await pins.answer("c9", "a1", right("c9"), NOW)


async def test_a_challenge_belongs_to_one_person_and_purpose(pins: PinsPostgres) -> None:
    await opened(pins)
    with pytest.raises(PersonMustAct, match="pin_challenge_reused"):
        await opened(pins, "c1", ParticipantId("p2"))
    with pytest.raises(PersonMustAct, match="pin_challenge_reused"):
        await pins.open("c1", PROCEDURE, PERSON, "f" * 64, LATER)


async def test_after_five_unanswered_pins_no_more_are_sent(pins: PinsPostgres) -> None:
    ends = await asyncio.gather(*[opened(pins, f"c{n}") for n in range(12)], return_exceptions=True)
    assert sum(isinstance(end, str) for end in ends) == 5
    assert {end.code for end in ends if isinstance(end, Refusal)} == {"too_many_pins"}
    await opened(pins, "other", ParticipantId("p2"))


async def test_pins_answered_correctly_do_not_count_against_a_long_act(pins: PinsPostgres) -> None:
    for n in range(8):
        await opened(pins, f"c{n}")
        assert (await pins.answer(f"c{n}", "a1", right(f"c{n}"), NOW)).correct


def test_pins_of_many_challenges_are_spread_over_all_digits() -> None:
    pins = {pin_of(KEY, f"challenge-{n}") for n in range(2000)}
    assert len(pins) > 1990
    assert all(len(pin) == 6 for pin in pins)
    assert {pin[0] for pin in pins} == set("0123456789")


def test_another_key_gives_other_pins_and_codes() -> None:
    challenges = [f"challenge-{n}" for n in range(20)]
    assert [pin_of(KEY, one) for one in challenges] != [pin_of(b"q" * 32, one) for one in challenges]
    assert summons_code_of(KEY, PROCEDURE, PERSON) != summons_code_of(b"q" * 32, PROCEDURE, PERSON)


def test_summons_codes_use_only_signs_that_are_not_mistaken() -> None:
    for n in range(200):
        code = summons_code_of(KEY, PROCEDURE, ParticipantId(f"p{n}"))
        groups = code.split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(CODE_ALPHABET)
