"""Guessing PINs against a real PostgreSQL, from several processes at once; `python -m bench.pin_guesses` does more."""

import asyncio
import secrets
from datetime import datetime

import pytest

from adapters.postgres.database import Database
from adapters.postgres.pins import PinsPostgres
from bench.pin_guesses.__main__ import TELLING
from bench.pin_guesses.guessing import EXPIRES, KEY, Orders, guess, guess_in_this_process, guess_together
from bench.pin_guesses.judging import judge
from bench.pin_guesses.timing import time_answers
from domain.codes.pins import PIN_TRIES, UNANSWERED_PINS, pin_of, proof_of
from domain.ids import ParticipantId, ProcedureId
from domain.ports.pins import PinAnswer


class ComparesFirst(PinsPostgres):
    """Looks whether there are tries left, compares, and counts afterwards: what must not be."""

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        row = await self._database.row("SELECT attempts FROM pin_challenges WHERE challenge = $1", challenge)
        if row is None or row["attempts"] >= PIN_TRIES:
            return await super().answer(challenge, attempt, proof, at)
        right = proof == proof_of(KEY, challenge, pin_of(KEY, challenge))
        async with self._database.transaction() as connection:
            return await self._count(connection, challenge, f"{attempt} {secrets.token_hex(4)}", right, at)


class TellsByTime(PinsPostgres):
    """Goes to the database three times more for a right answer."""

    async def answer(self, challenge: str, attempt: str, proof: str, at: datetime) -> PinAnswer:
        answer = await super().answer(challenge, attempt, proof, at)
        for _ in range(3 if answer.correct else 0):
            await self._database.execute("UPDATE pin_challenges SET used_at = used_at WHERE challenge = $1", challenge)
        return answer


@pytest.mark.timeout(120)
async def test_thousands_of_guesses_from_several_processes_get_no_more_than_is_allowed(
    database: Database, database_url: str
) -> None:
    heard = await asyncio.to_thread(guess_together, database_url, seed=7, guesses=4000, processes=3, at_once=8)
    judgement = await judge(database, heard)
    assert judgement.wrong == ()
    most = (judgement.most_tries_of_a_code, judgement.most_codes_of_a_person, judgement.most_tries_of_a_stranger)
    assert most == (PIN_TRIES, UNANSWERED_PINS, PIN_TRIES * UNANSWERED_PINS), "not all that is allowed was tried"
    assert {"right", "wrong", "pin_exhausted", "pin_used", "too_many_pins", "unknown_challenge"} <= set(heard.answers)


async def test_the_hunt_finds_a_keeper_who_compares_before_counting(database: Database, database_url: str) -> None:
    orders = Orders(database_url, seed=1, process=0, guesses=600, people=2, at_once=12)
    async with Database.connect(database_url, connections=12) as many:
        heard = await guess(ComparesFirst(many, lambda: (KEY,)), orders)
    assert any("tries" in one for one in (await judge(database, heard)).wrong)


async def test_the_hunt_finds_an_attempt_that_is_told_two_things(database: Database, database_url: str) -> None:
    heard = await guess_in_this_process(Orders(database_url, seed=1, process=0, guesses=300, people=1, at_once=4))
    challenge = next(iter(heard.judged))
    attempt, (right, left) = next(iter(heard.judged[challenge].items()))
    heard.hear(challenge, attempt, PinAnswer(correct=not right, left=left))
    assert (await judge(database, heard)).wrong == ("1 attempts were told one thing and later another",)


async def test_a_code_that_two_people_are_sent_at_once_is_of_one_of_them(database: Database) -> None:
    pins = PinsPostgres(database, lambda: (KEY,))
    for number in range(20):
        whose = [ProcedureId(f"prc_{one}") for one in (1, 2)]
        sent = [pins.open(f"both-{number}", one, ParticipantId("p1"), "identity", EXPIRES) for one in whose]
        ends = await asyncio.gather(*sent, return_exceptions=True)
        refused = [end for end in ends if not isinstance(end, str)]
        assert [getattr(end, "code", repr(end)) for end in refused] == ["pin_challenge_reused"]
        await database.execute("DELETE FROM pin_challenges")


async def test_the_time_of_an_answer_tells_nothing(database: Database) -> None:
    told = await time_answers(PinsPostgres(database, lambda: (KEY,)), pairs=150, seed=1)
    assert told.advantage <= TELLING, told


async def test_a_clock_finds_a_keeper_who_takes_longer_for_what_is_right(database: Database) -> None:
    told = await time_answers(TellsByTime(database, lambda: (KEY,)), pairs=150, seed=1)
    assert told.advantage > TELLING, told
