"""Tries counted in a real PostgreSQL, for all processes together."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.database import Database
from adapters.postgres.rate_limits import RateLimitsPostgres
from domain.access.limits import Rate
from domain.errors import Refusal
from domain.refusals.requests import TOO_MANY_COMMANDS

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RATE = Rate(tries=6, per=timedelta(minutes=1))


async def taken(limits: RateLimitsPostgres, name: str = "a", at: datetime = NOW, rate: Rate = RATE) -> bool:
    try:
        await limits.take(rate, name, at)
    except Refusal:
        return False
    return True


async def test_so_many_at_once_and_then_one_at_a_time(database: Database) -> None:
    limits = RateLimitsPostgres(database)
    assert [await taken(limits) for _ in range(8)] == [True] * 6 + [False] * 2
    assert not await taken(limits, at=NOW + timedelta(seconds=9))
    assert await taken(limits, at=NOW + timedelta(seconds=10))
    assert not await taken(limits, at=NOW + timedelta(seconds=11))
    assert await taken(limits, name="b")
    later = NOW + timedelta(minutes=5)
    assert [await taken(limits, at=later) for _ in range(7)] == [True] * 6 + [False]


async def test_who_tries_too_often_is_told_for_how_long_to_wait(database: Database) -> None:
    limits = RateLimitsPostgres(database)
    rate = RATE.but(refusal=TOO_MANY_COMMANDS)
    for _ in range(6):
        await limits.take(rate, "a", NOW)
    with pytest.raises(Refusal) as refused:
        await limits.take(rate, "a", NOW + timedelta(seconds=3))
    assert (refused.value.code, refused.value.params) == ("too_many_commands", {"seconds": 7})
    assert await taken(limits, at=NOW + timedelta(seconds=10), rate=rate)


async def test_two_processes_count_together(database: Database, database_url: str) -> None:
    async with Database.connect(database_url) as other:
        both = [RateLimitsPostgres(database), RateLimitsPostgres(other)] * 15
        assert Counter(await asyncio.gather(*map(taken, both))) == {True: 6, False: 24}


async def test_who_has_every_try_again_is_forgotten(database: Database) -> None:
    limits = RateLimitsPostgres(database)
    await limits.take(RATE, "a", NOW)
    assert await limits.purge(NOW + timedelta(seconds=9)) == 0
    assert await limits.purge(NOW + timedelta(seconds=10)) == 1
