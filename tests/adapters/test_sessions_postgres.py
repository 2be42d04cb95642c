"""Sessions against a real PostgreSQL: they end when they should, change tokens, and a seat has only one."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from adapters.postgres.accounts import AccountsPostgres
from adapters.postgres.database import Database
from adapters.postgres.journal import JournalPostgres
from adapters.postgres.keys import KeysPostgres
from adapters.postgres.sessions import SessionsPostgres
from domain.access.accounts import LAST_PAGE, LIFETIMES, ROTATION_GRACE, Account, Seat, SessionKind
from domain.ids import AccountId, AdministrationId, ParticipantId, ProcedureId
from domain.types.vocabulary import StaffRole, Stage
from tests.adapters.written import NAME_KEY, chain, row_after

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLERK = AccountId("acc_1")
SEAT = Seat(procedure=ProcedureId("prc_1"), participant=ParticipantId("p1"), device="dev_1")


@pytest.fixture
async def sessions(database: Database) -> SessionsPostgres:
    clerk = Account(
        id=CLERK,
        administration=AdministrationId("atlantia"),
        name="Carla Ejemplo",
        email="clerk@example.org",
        roles=(StaffRole.CLERK,),
    )
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    await AccountsPostgres(database, hasher).create(clerk, "carla", "password")
    return SessionsPostgres(database)


async def test_a_session_is_found_by_its_token_alone(sessions: SessionsPostgres, database: Database) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    assert await sessions.find(opened.token, NOW) == opened.session
    assert (opened.session.kind, opened.session.account, opened.session.seat) == (SessionKind.STAFF, CLERK, None)
    for guess in ("", opened.token[:-1], opened.session.id, opened.session.csrf, "x" * 10_000):
        assert await sessions.find(guess, NOW) is None
    [row] = await database.rows("SELECT row_to_json(sessions)::text AS said FROM sessions")
    assert opened.token not in row["said"]


async def test_a_citizens_session_is_bound_to_seat_and_computer(sessions: SessionsPostgres) -> None:
    opened = await sessions.open_citizen(SEAT, NOW)
    found = await sessions.find(opened.token, NOW)
    assert found is not None
    assert (found.kind, found.account, found.seat) == (SessionKind.CITIZEN, None, SEAT)


async def test_tokens_and_csrf_tokens_are_long_and_never_the_same(sessions: SessionsPostgres) -> None:
    opened = [await sessions.open_staff(CLERK, NOW) for _ in range(5)]
    said = {one.token for one in opened} | {one.session.csrf for one in opened}
    assert len(said) == 10
    assert min(map(len, said)) >= 43  # 256 bits in base64


@pytest.mark.parametrize("kind", list(SessionKind))
async def test_a_session_ends_when_nobody_uses_it(sessions: SessionsPostgres, kind: SessionKind) -> None:
    opened = await (sessions.open_staff(CLERK, NOW) if kind is SessionKind.STAFF else sessions.open_citizen(SEAT, NOW))
    idle = LIFETIMES[kind].idle
    almost = NOW + idle - timedelta(seconds=1)
    assert await sessions.find(opened.token, almost) is not None
    assert await sessions.find(opened.token, almost + idle - timedelta(seconds=1)) is not None
    assert await sessions.find(opened.token, almost + 3 * idle) is None


async def test_a_session_ends_at_its_absolute_end_however_busy(sessions: SessionsPostgres) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    end = NOW + LIFETIMES[SessionKind.STAFF].absolute
    at = NOW
    while at + timedelta(minutes=20) < end:
        at += timedelta(minutes=20)
        assert await sessions.find(opened.token, at) is not None
    assert await sessions.find(opened.token, end) is None


async def test_rotation_changes_the_token_and_nothing_else(sessions: SessionsPostgres) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    later = NOW + timedelta(minutes=5)
    rotated = await sessions.rotate(opened.token, later)
    assert rotated is not None
    assert rotated.token != opened.token
    changed = {"authenticated_at": later, "last_seen_at": later}
    assert rotated.session == opened.session.but(**changed)
    assert await sessions.find(rotated.token, later) == rotated.session


async def test_requests_under_way_outlive_a_rotation_for_a_moment(sessions: SessionsPostgres) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    rotated = await sessions.rotate(opened.token, NOW)
    assert rotated is not None
    assert await sessions.find(opened.token, NOW + ROTATION_GRACE - timedelta(seconds=1)) is not None
    assert await sessions.find(opened.token, NOW + ROTATION_GRACE) is None
    assert await sessions.find(rotated.token, NOW + ROTATION_GRACE) is not None


async def test_an_ended_session_is_over_under_both_its_tokens(sessions: SessionsPostgres) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    rotated = await sessions.rotate(opened.token, NOW)
    assert rotated is not None
    await sessions.end(rotated.token)
    await sessions.end(rotated.token)
    assert await sessions.find(opened.token, NOW) is None
    assert await sessions.find(rotated.token, NOW) is None
    assert await sessions.rotate(rotated.token, NOW) is None


async def test_a_person_sits_at_one_computer(sessions: SessionsPostgres) -> None:
    first = await sessions.open_citizen(SEAT, NOW)
    second = await sessions.open_citizen(SEAT.but(device="dev_2"), NOW)
    other = await sessions.open_citizen(SEAT.but(participant=ParticipantId("p2")), NOW)
    assert await sessions.find(first.token, NOW) is None
    for opened in (second, other):
        assert await sessions.find(opened.token, NOW) is not None


async def test_sessions_of_a_seat_opened_at_once_leave_one(sessions: SessionsPostgres) -> None:
    opened = await asyncio.gather(*[sessions.open_citizen(SEAT, NOW) for _ in range(10)])
    found = [await sessions.find(one.token, NOW) for one in opened]
    assert len([one for one in found if one]) == 1


async def test_dead_sessions_do_not_pile_up(sessions: SessionsPostgres, database: Database) -> None:
    await sessions.open_staff(CLERK, NOW)
    await sessions.open_staff(CLERK, NOW + timedelta(days=1))
    assert len(await database.rows("TABLE sessions")) == 1


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage.ended])
async def test_the_line_that_ends_a_procedure_ends_its_citizens_sessions(
    sessions: SessionsPostgres, database: Database, keys: KeysPostgres, procedure: ProcedureId, stage: Stage
) -> None:
    journal, written = JournalPostgres(database, keys, NAME_KEY), chain(procedure, 2)
    await journal.append(written[:1], row_after(written[0], changed_at=NOW))
    seat = Seat(procedure=procedure, participant=ParticipantId("p1"))
    citizen, elsewhere = await sessions.open_citizen(seat, NOW), await sessions.open_citizen(SEAT, NOW)
    clerk = await sessions.open_staff(CLERK, NOW)
    await journal.append(written[1:], row_after(written[1], stage=stage, changed_at=NOW))

    just_before, after = NOW + LAST_PAGE - timedelta(seconds=1), NOW + LAST_PAGE
    assert await sessions.find(citizen.token, just_before) is not None
    assert await sessions.find(citizen.token, after) is None
    assert await sessions.find(elsewhere.token, after) is not None
    assert await sessions.find(clerk.token, after) is not None


async def test_taking_an_account_out_of_use_ends_its_sessions_for_good(
    sessions: SessionsPostgres, database: Database
) -> None:
    opened = await sessions.open_staff(CLERK, NOW)
    await database.execute("UPDATE accounts SET active = false WHERE id = $1", CLERK)
    assert await sessions.find(opened.token, NOW) is None
    await database.execute("UPDATE accounts SET active = true WHERE id = $1", CLERK)
    assert await sessions.find(opened.token, NOW) is None
