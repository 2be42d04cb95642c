"""Idempotency keys against a real PostgreSQL: one request is carried out, everybody gets its answer."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from adapters.key_ring import KeyRing
from adapters.postgres.database import Database
from adapters.postgres.idempotency import CLAIM_LASTS, KEPT_FOR, IdempotencyPostgres
from domain.access.stores import Begun, StoredResponse
from domain.ids import Sha256
from tests.adapters.written import CANARY

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCOPE, KEY, REQUEST, OTHER = "acc_1 POST /x", "key-12345678", Sha256("1" * 64), Sha256("2" * 64)
ANSWER = StoredResponse(
    status=201,
    media_type="application/json",
    body=b'{"name": "' + CANARY.encode() + b'"}\n\n',
    headers={"Location": "/x/1"},
)


@pytest.fixture
def idempotency(database: Database, ring: KeyRing) -> IdempotencyPostgres:
    return IdempotencyPostgres(database, ring)


async def test_the_second_request_gets_the_answer_of_the_first(idempotency: IdempotencyPostgres) -> None:
    assert await idempotency.begin(SCOPE, KEY, REQUEST, NOW) == Begun(state="new")
    await idempotency.finish(SCOPE, KEY, ANSWER)
    for hours in (0, 23):
        again = await idempotency.begin(SCOPE, KEY, REQUEST, NOW + timedelta(hours=hours))
        assert again == Begun(state="done", response=ANSWER)


async def test_of_fifty_requests_at_once_one_is_carried_out(idempotency: IdempotencyPostgres) -> None:
    begun = await asyncio.gather(*[idempotency.begin(SCOPE, KEY, REQUEST, NOW) for _ in range(50)])
    assert Counter(one.state for one in begun) == {"new": 1, "in_progress": 49}


async def test_the_same_key_for_another_request_is_a_conflict(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    assert (await idempotency.begin(SCOPE, KEY, OTHER, NOW)).state == "conflict"
    assert (await idempotency.begin(SCOPE, KEY, OTHER, NOW + 2 * CLAIM_LASTS)).state == "conflict"
    await idempotency.finish(SCOPE, KEY, ANSWER)
    assert await idempotency.begin(SCOPE, KEY, OTHER, NOW) == Begun(state="conflict")


async def test_keys_of_others_never_meet(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    assert (await idempotency.begin("acc_2 POST /x", KEY, REQUEST, NOW)).state == "new"


async def test_what_a_dead_process_left_unfinished_is_claimed_by_one(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    assert (await idempotency.begin(SCOPE, KEY, REQUEST, NOW + timedelta(seconds=59))).state == "in_progress"
    begun = await asyncio.gather(*[idempotency.begin(SCOPE, KEY, REQUEST, NOW + CLAIM_LASTS) for _ in range(8)])
    assert Counter(one.state for one in begun) == {"new": 1, "in_progress": 7}


async def test_a_request_that_was_given_back_may_be_tried_again(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    await idempotency.abandon(SCOPE, KEY)
    assert (await idempotency.begin(SCOPE, KEY, REQUEST, NOW)).state == "new"


async def test_an_answer_is_never_replaced_nor_given_back(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    await idempotency.finish(SCOPE, KEY, ANSWER)
    await idempotency.finish(SCOPE, KEY, ANSWER.but(status=500))
    await idempotency.abandon(SCOPE, KEY)
    assert (await idempotency.begin(SCOPE, KEY, REQUEST, NOW)).response == ANSWER


async def test_after_a_day_a_key_is_new_again(idempotency: IdempotencyPostgres) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    await idempotency.finish(SCOPE, KEY, ANSWER)
    assert (await idempotency.begin(SCOPE, KEY, OTHER, NOW + KEPT_FOR)).state == "new"


async def test_old_answers_are_purged(idempotency: IdempotencyPostgres, database: Database) -> None:
    for hours in (0, 12):
        await idempotency.begin(SCOPE, f"key-{hours}", REQUEST, NOW + timedelta(hours=hours))
    assert await idempotency.purge(NOW + KEPT_FOR) == 1
    assert [row["key"] for row in await database.rows("SELECT key FROM idempotency")] == ["key-12"]


async def test_answers_are_not_readable_in_the_table(idempotency: IdempotencyPostgres, database: Database) -> None:
    await idempotency.begin(SCOPE, KEY, REQUEST, NOW)
    await idempotency.finish(SCOPE, KEY, ANSWER)
    [row] = await database.rows("SELECT row_to_json(idempotency)::text AS said FROM idempotency")
    assert CANARY not in row["said"]
    assert CANARY.encode().hex() not in row["said"]
