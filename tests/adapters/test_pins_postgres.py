"""PINs against a real PostgreSQL: three tries, five minutes, one use, whatever is repeated or done at once."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.pins import PinsPostgres
from domain.codes.pins import CODE_ALPHABET, pin_of, proof_of, summons_code_of
from domain.errors import Refusal
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer

KEY = b"p" * 32
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
PROCEDURE, PERSON = ProcedureId("prc_1"), ParticipantId("p1")


@pytest.fixture
def pins(database: Database) -> PinsPostgres:
    return PinsPostgres(database, lambda: (KEY,))


async def opened(pins: PinsPostgres, challenge: str = "c1", person: ParticipantId = PERSON) -> str:
    return await pins.open(challenge, PROCEDURE, person, "identity", LATER)


def right(challenge: str = "c1") -> str:
    return proof_of(KEY, challenge, pin_of(KEY, challenge))


async def test_neither_the_pin_nor_a_digest_of_it_is_stored(pins: PinsPostgres, database: Database) -> None:
    pin = await opened(pins)
    await pins.answer("c1", "a1", right(), NOW)
    for table in ("pin_challenges", "pin_attempts"):
        for row in await database.rows(f"SELECT row_to_json({table})::text AS said FROM {table}"):  # noqa: S608
            assert f'"{pin}"' not in row["said"]
            assert right() not in row["said"]


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
